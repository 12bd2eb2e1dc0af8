/** Shows in the line at the foot of the window which post is read: the last that begins above the middle. */
const posts = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))
const place = document.querySelector('.position span')

if (posts && place) {
  const words = JSON.parse(posts.dataset.words ?? '{}')
  const shown = new Intl.NumberFormat(document.documentElement.lang)
  let isWaiting = false
  const say = () => {
    isWaiting = false
    const begun = [...posts.querySelectorAll('.post')].filter(
      (post) => post.getBoundingClientRect().top < innerHeight / 2,
    )
    const number = begun.at(-1)?.id.replace('post-', '')
    const last = Number(posts.dataset.last)
    if (number) place.textContent = `${shown.format(Number(number))} ${words['script.of']} ${shown.format(last)}`
  }
  const sayOnce = () => {
    if (!isWaiting) requestAnimationFrame(say)
    isWaiting = true
  }
  addEventListener('scroll', sayOnce, { passive: true })
  document.addEventListener('forum:arrived', sayOnce)
  sayOnce()
}
