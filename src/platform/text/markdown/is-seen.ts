/** Takes place, or not even that, without being seen. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\u2800]/gu

/** Whether anything of a text would be seen: of a title without that there would be a link that nobody can find. */
export const isSeen = (text: string): boolean => text.replace(UNSEEN, '').length > 0
