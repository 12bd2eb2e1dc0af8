/** Forms with a passkey. They appear only where the browser supports passkeys, and send its answer in a field. */
const bytes = (/** @type {string} */ text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
const text = (/** @type {ArrayBuffer} */ buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-passkey]'))) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    await answer(form)
  })
}

async function answer(/** @type {HTMLFormElement} */ form) {
  const problem = /** @type {HTMLElement} */ (form.querySelector('.problem'))
  problem.hidden = true
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))
  button.disabled = true
  try {
    const asked = await fetch(`${form.getAttribute('action')}/options`, {
      method: 'POST',
      headers: { accept: 'application/json' },
    })
    if (asked.status === 401) {
      location.assign(`/login/again?next=${encodeURIComponent(location.pathname)}`)
      return
    }
    if (!asked.ok) throw new Error(String(asked.status))
    const options = await asked.json()
    const credential = await (form.dataset.passkey === 'new' ? make(options) : sign(options))
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('response'))
    field.value = JSON.stringify(credential)
    form.submit()
  } catch {
    // Somebody who closes the browser's dialogue has changed their mind: shows no error, but the button works again.
    problem.hidden = false
    button.disabled = false
  }
}

/** @param {any} options */
async function make(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  }
  const made = /** @type {any} */ (await navigator.credentials.create({ publicKey }))
  return answered(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  })
}

/** @param {any} options */
async function sign(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: described(options.allowCredentials),
  }
  const signed = /** @type {any} */ (await navigator.credentials.get({ publicKey }))
  return answered(signed, {
    authenticatorData: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
  })
}

const described = (/** @type {any[] | undefined} */ list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }))

const answered = (/** @type {any} */ credential, /** @type {object} */ rest) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...rest },
})
