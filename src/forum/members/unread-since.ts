/**
 * Whether a member may choose this moment, after which posts are unread: from 1970 to now. PostgreSQL has no year 0,
 * JavaScript has.
 */
export const mayBeUnreadSince = (moment: Date): boolean => moment.getTime() >= 0 && moment.getTime() <= Date.now()
