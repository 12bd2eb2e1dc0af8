/** Reports how far a member has read a thread: the highest post whose end was on the screen for a while. */
const posts = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-member]'))

const LONG_ENOUGH = 1_000
const SETTLED = 2_000

if (posts && 'IntersectionObserver' in window) {
  let read = 0
  let told = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {Map<Element, ReturnType<typeof setTimeout>>} */
  const looking = new Map()

  /** @param {boolean} last whether the page is closing: only a beacon is still sent then. */
  const tell = (last) => {
    clearTimeout(timer)
    if (read <= told) return
    told = read
    document.dispatchEvent(new CustomEvent('forum:read', { detail: { number: read, last } }))
  }

  /** @param {number} number */
  const seen = (number) => {
    read = Math.max(read, number)
    clearTimeout(timer)
    timer = setTimeout(tell, SETTLED, false)
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
        clearTimeout(looking.get(target))
        const endIsSeen = isIntersecting && boundingClientRect.bottom <= (rootBounds?.bottom ?? innerHeight) + 1
        if (endIsSeen)
          looking.set(
            target,
            setTimeout(() => seen(Number(target.id.replace('post-', ''))), LONG_ENOUGH),
          )
      }
    },
    { threshold: [0, 0.25, 0.5, 0.75, 1] },
  )

  const observe = () => {
    for (const post of posts.querySelectorAll('.post')) observer.observe(post)
  }
  new MutationObserver(observe).observe(posts, { childList: true })
  // The member has read their own reply.
  document.addEventListener('forum:posted', (event) => {
    seen(/** @type {CustomEvent} */ (event).detail.number)
    tell(false)
  })
  addEventListener('pagehide', () => tell(true))
  observe()
}
