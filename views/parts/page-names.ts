/** The pages that say who is here and what holds here, each at the address of its name, in the order of the foot. */
export const PAGE_NAMES = ['about', 'rules', 'help', 'privacy', 'legal', 'contact'] as const
export type PageName = (typeof PAGE_NAMES)[number]
