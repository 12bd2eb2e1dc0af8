/** On the settings page: registers this browser as a push browser when the member asks for it. */
const section = /** @type {HTMLElement | null} */ (document.querySelector('[data-push]'))

if (section && 'PushManager' in window && 'serviceWorker' in navigator) {
  section.hidden = false
  section.querySelector('button')?.addEventListener('click', async () => {
    const isOn = await subscribe().catch(() => false)
    if (isOn) return location.reload()
    const told = document.createElement('p')
    told.className = 'problem'
    told.setAttribute('role', 'alert')
    told.textContent = section.dataset.refused ?? ''
    section.querySelector('.problem')?.remove()
    section.append(told)
  })
}

async function subscribe() {
  const { pushManager } = await navigator.serviceWorker.ready
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: section?.dataset.push ?? '',
  })
  const body = new URLSearchParams({ address: subscription.endpoint })
  const { ok } = await fetch('/settings/push', { method: 'POST', body })
  if (!ok) await subscription.unsubscribe()
  return ok
}
