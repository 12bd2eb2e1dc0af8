/** A reply of ordinary length, as it is sent … */
const body = `Le rapport de la chambre régionale des comptes est en ligne depuis **lundi**.

La ville y reconnaît 1 600 caméras, contre 1 200 dans la dernière délibération. Quelqu’un a-t-il gardé l’annexe ?`

/** … and as it is stored. */
export const renderedReply = {
  body,
  html: '<p>Le rapport de la chambre régionale des comptes est en ligne depuis <strong>lundi</strong>.</p>\n<p>La ville y reconnaît 1 600 caméras, contre 1 200 dans la dernière délibération. Quelqu’un a-t-il gardé l’annexe ?</p>\n',
  excerpt:
    'Le rapport de la chambre régionale des comptes est en ligne depuis lundi. La ville y reconnaît 1 600 caméras, contre 1 200 dans la dernière délibération. Quelqu’un a-t-il gardé l’annexe ?',
}
