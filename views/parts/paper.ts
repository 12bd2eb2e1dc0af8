/** The paper that everything stands on: see `tokens.css`. What knows no `oklch()`, such as the bars of a phone's browser, takes it from here. */
export const PAPER = { light: '#fbfaf6', dark: '#191815' }
