/** Until a message is tried again, after each time that it was not taken: two days in all. */
export const WAITS = ['1 minute', '5 minutes', '30 minutes', '2 hours', '5 hours', '12 hours', '24 hours'] as const
export const MOST_TRIES = WAITS.length + 1
