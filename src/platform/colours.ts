/** Red, green and blue, from 0 to 255. */
type Colour = readonly [number, number, number]

const STEPS = 100

/** How well one colour, as `#rrggbb`, stands out on another: from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(parsed(one)), luminance(parsed(other))].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The colour with no more white in it than it needs to stand out so well on a dark ground. */
export function lightened(colour: string, ground: string, least: number): string {
  const rgb = parsed(colour)
  for (let step = 0; step < STEPS; step += 1) {
    const lighter = written(rgb.map((part) => Math.round(part + ((255 - part) * step) / STEPS)))
    if (contrast(lighter, ground) >= least) return lighter
  }
  return '#ffffff'
}

function parsed(colour: string): Colour {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

const written = (colour: readonly number[]): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** WCAG 2.2, relative luminance. */
function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
