package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// recipient is the recipient of the age documentation's example.
const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

func updating(signer, recipient string, documents []byte) *types.MsgUpdateMember {
	return &types.MsgUpdateMember{Signer: keys.Bech32(signer), AgeRecipient: recipient, DocumentsDigest: documents}
}

// What is given changes and stands in the history; the rest stays, name and code always.
func TestUpdateMember(t *testing.T) {
	w := newWorld(t)
	want, documents := w.member(seller), bytes.Repeat([]byte{8}, 32)
	w.must(w.msg.UpdateMember(w.Ctx, updating("seller", recipient, nil)))
	require.Equal(t, "shugu.consortium.v1.EventMemberUpdated", w.lastEvent())
	want.AgeRecipient = recipient
	require.Equal(t, want, w.member(seller))
	require.Equal(t, types.MemberChange{
		Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_UPDATED, By: seller, AgeRecipient: recipient,
	}, w.lastChange(seller))

	w.must(w.msg.UpdateMember(w.Ctx, updating("seller", recipient, documents)))
	want.DocumentsDigest = documents
	require.Equal(t, want, w.member(seller))
	require.Equal(t, types.MemberChange{
		Member: seller, Height: 1, Sequence: 2, Kind: types.CHANGE_KIND_UPDATED, By: seller, DocumentsDigest: documents,
	}, w.lastChange(seller))
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestUpdateMemberFailsIf(t *testing.T) {
	documents := bytes.Repeat([]byte{8}, 32)
	cases := map[string]struct {
		msg  *types.MsgUpdateMember
		want error
	}{
		"nothing is given":             {updating("seller", "", nil), valid.ErrInvalid},
		"the recipient is none":        {updating("seller", "age1x", nil), valid.ErrInvalid},
		"the digest is short":          {updating("seller", "", []byte{1}), valid.ErrInvalid},
		"signer is no address":         {&types.MsgUpdateMember{Signer: "x", AgeRecipient: recipient}, valid.ErrInvalid},
		"signer is a stranger":         {updating("stranger", recipient, nil), types.ErrNotMember},
		"signer is an added account":   {updating("clerk", recipient, nil), types.ErrNotOwner},
		"the member is suspended":      {updating("closed", recipient, nil), types.ErrSuspended},
		"everything is so already":     {updating("seller", recipient, documents), types.ErrUnchanged},
		"the recipient is so already":  {updating("seller", recipient, nil), types.ErrUnchanged},
		"the documents are so already": {updating("seller", "", documents), types.ErrUnchanged},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.mustAdd("seller", "clerk", types.ROLE_MERCHANT)
			w.must(w.msg.UpdateMember(w.Ctx, updating("seller", recipient, documents)))
			w.refused(c.want, func() error { _, err := w.msg.UpdateMember(w.Ctx, c.msg); return err })
		})
	}
}
