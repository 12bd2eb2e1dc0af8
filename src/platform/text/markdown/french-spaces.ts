const NARROW = '\u202f'

/**
 * French typography: the spaces that were typed before : ; ! ? » and after « become narrow and no longer break the
 * line, and so do those within a number (12 450,00 €); «en 2024 150 caméras» is two. None is added, because a sign without one may be a time, an
 * address or a face.
 */
export function withFrenchSpaces(text: string): string {
  return text.replace(
    /[ \u00a0\u2009](?=[:;!?»])|(?<=«)[ \u00a0\u2009]|(?<=\d)[ \u00a0\u2009](?=[€%])|(?<=(?<!\d)\d{1,3})[ \u00a0\u2009](?=\d{3}(?!\d))/g,
    NARROW,
  )
}
