/** How long and how many, for the schemas that refuse, the rules that check and the forms that tell beforehand. */

export const LONGEST_USERNAME = 30
export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 200
export const LONGEST_BIOGRAPHY = 1_000
export const SHORTEST_TITLE = 4
export const LONGEST_TITLE = 160
/** Characters in one post. */
export const LONGEST_BODY = 120_000
/** Characters of what moderators say about an act of theirs. */
export const LONGEST_REASON = 1_000
/** Characters of the reasons for a decision, and of an appeal or a notice. */
export const LONGEST_STATEMENT = 10_000
/** Boards that one thread may stand in. */
export const MOST_BOARDS = 8
/** Webhooks of one member. */
export const MOST_WEBHOOKS = 5
export const LONGEST_WEBHOOK_ADDRESS = 500
/** Push browsers of one member. */
export const MOST_PUSH_BROWSERS = 10
export const LONGEST_PUSH_ADDRESS = 1_000
/** Bytes in one form: the longest body, when every character of it needs nine to be sent (%E6%BC%A2). */
export const LARGEST_FORM = 1_280 * 1_024
/** Characters of a search that are read. */
export const LONGEST_QUERY = 1_000
/** Passkeys of one member. */
export const MOST_PASSKEYS = 20
export const LONGEST_PASSKEY_NAME = 60
/** Characters in what a member calls a token of theirs. */
export const LONGEST_TOKEN_NAME = 60
/** Tokens that one member may have. */
export const MOST_TOKENS = 20
