/** The pauses between tries of a message that was not accepted: two days in total. */
export const WAITS = ['1 minute', '5 minutes', '30 minutes', '2 hours', '5 hours', '12 hours', '24 hours'] as const
export const MOST_TRIES = WAITS.length + 1
