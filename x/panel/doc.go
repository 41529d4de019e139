// Package panel lets bodies of seats decide together: a resolution carries
// messages, the seats vote, and an approved one runs at once with the panel's
// account as signer. The council's account is the authority of the chain.
package panel
