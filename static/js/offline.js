/** Registers the service worker that keeps copies of pages: see `worker/service-worker.js`. */
if ('serviceWorker' in navigator)
  addEventListener('load', () => {
    // Fails where the browser stores nothing, as in a private window.
    navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  })
