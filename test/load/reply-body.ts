/** A reply of ordinary length, as it is sent, and its beginning as it is stored. */
export const ordinaryReply = {
  body: `Le rapport de la chambre régionale des comptes est en ligne depuis **lundi**.

La ville y reconnaît 1 600 caméras, contre 1 200 dans la dernière délibération. Quelqu’un a-t-il gardé l’annexe ?`,
  excerpt:
    'Le rapport de la chambre régionale des comptes est en ligne depuis lundi. La ville y reconnaît 1 600 caméras, contre 1 200 dans la dernière délibération. Quelqu’un a-t-il gardé l’annexe ?',
}
