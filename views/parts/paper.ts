/**
 * The background colours, as in `tokens.css`, for places that do not know `oklch()`, such as the bars of a phone's
 * browser.
 */
export const PAPER = { light: '#fbfaf6', dark: '#191815' }
