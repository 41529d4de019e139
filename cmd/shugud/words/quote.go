package words

import "github.com/shugu-network/shugu/verify"

// Quoted is what a member wrote, as in the court's account: in 「…」, which nothing in it can
// end, so that no part of it passes for the words around it.
func Quoted(text string) string { return verify.Quoted(text) }

// reason is ": 「text」" behind a label, or nothing when there is none.
func reason(label, text string) string {
	if text == "" {
		return ""
	}
	return label + Quoted(text)
}
