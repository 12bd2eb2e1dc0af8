/** Whether nothing older may be unread for a member: a moment of the past. The database has no year 0, which JavaScript has. */
export const mayBeUnreadSince = (moment: Date): boolean => moment.getTime() >= 0 && moment.getTime() <= Date.now()
