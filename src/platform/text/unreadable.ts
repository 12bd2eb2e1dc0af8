/** What stands for a sign that cannot be read (Unicode, 23.8: the replacement character). */
export const UNREADABLE = '\ufffd'
