/** Has the browser keep the pages that are read: see `worker/service-worker.js`. */
if ('serviceWorker' in navigator)
  addEventListener('load', () => {
    // Not where the browser keeps nothing, as in a private window.
    navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  })
