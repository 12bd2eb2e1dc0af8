/** The pages that say who runs the forum and which rules apply. Each name is its address; in the order of the foot. */
export const PAGE_NAMES = ['about', 'rules', 'help', 'privacy', 'legal', 'contact'] as const
export type PageName = (typeof PAGE_NAMES)[number]
