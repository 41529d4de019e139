package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module. Malformed fields wrap valid.ErrInvalid instead.
var (
	// ErrMemberNotFound: no member has that number.
	ErrMemberNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "member not found")
	// ErrNotMember: the account is not the owner of any member.
	ErrNotMember = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.NotFound, "not a member")
	// ErrSuspended: the member is suspended.
	ErrSuspended = errorsmod.Register(ModuleName, 4, "member is suspended")
	// ErrRoleMissing: the member does not have the role that this takes.
	ErrRoleMissing = errorsmod.Register(ModuleName, 5, "role is missing")
	// ErrNotEntitled: the signer may not do this to that member.
	ErrNotEntitled = errorsmod.Register(ModuleName, 6, "not entitled")
	// ErrWrongChain: the application is for another chain.
	ErrWrongChain = errorsmod.Register(ModuleName, 7, "application is for another chain")
	// ErrWrongAdmitter: the application names another admitting member than the signer.
	ErrWrongAdmitter = errorsmod.Register(ModuleName, 8, "application is to another admitting member")
	// ErrExpired: the application's expiry has passed.
	ErrExpired = errorsmod.Register(ModuleName, 9, "application has expired")
	// ErrExpiryTooFar: the application's expiry is further away than MaxApplicationLife.
	ErrExpiryTooFar = errorsmod.Register(ModuleName, 10, "application expires too late")
	// ErrBadSignature: the signature is not the applicant's, or not over these bytes.
	ErrBadSignature = errorsmod.Register(ModuleName, 11, "bad signature of the application")
	// ErrNonceUsed: an application of this address with this nonce was carried before.
	ErrNonceUsed = errorsmod.Register(ModuleName, 12, "application was used before")
	// ErrOwnerInUse: the address already acts for a member.
	ErrOwnerInUse = errorsmod.Register(ModuleName, 13, "address is a member's already")
	// ErrCreditCodeInUse: a member with this credit code exists.
	ErrCreditCodeInUse = errorsmod.Register(ModuleName, 14, "credit code is a member's already")
	// ErrReservedAddress: the address is the council's.
	ErrReservedAddress = errorsmod.Register(ModuleName, 15, "address is reserved")
	// ErrNumbersExhausted: all member numbers are given away.
	ErrNumbersExhausted = errorsmod.Register(ModuleName, 16, "member numbers are exhausted")
	// ErrSelfSuspension: a member may not suspend itself.
	ErrSelfSuspension = errorsmod.Register(ModuleName, 17, "a member cannot suspend itself")
	// ErrIllegalTransition: a member's status does not change in this way.
	ErrIllegalTransition = errorsmod.Register(ModuleName, 18, "illegal change of a member's status")
	// ErrBroken: an invariant of the module does not hold.
	ErrBroken = errorsmod.Register(ModuleName, 19, "state is inconsistent")

	// ErrQuotaExceeded: the member's transactions want more gas than its quota of the window has left.
	ErrQuotaExceeded = errorsmod.Register(ModuleName, 70, "quota is exceeded")
)

// Errors of members, their accounts and applications.
var (
	// ErrLeft: the member has left.
	ErrLeft = errorsmod.Register(ModuleName, 20, "member has left")
	// ErrNotOwner: the account acts for the member, but this takes its owner's.
	ErrNotOwner = errorsmod.Register(ModuleName, 21, "account is not the member's owner")
	// ErrHoldsSeat: the member holds a validator seat.
	ErrHoldsSeat = errorsmod.Register(ModuleName, 22, "member holds a validator seat")
	// ErrNotMerchant: the member is no merchant.
	ErrNotMerchant = errorsmod.Register(ModuleName, 23, "member is no merchant")
	// ErrUnchanged: everything is so already.
	ErrUnchanged = errorsmod.Register(ModuleName, 24, "nothing would change")
	// ErrTooManyAccounts: the member has MaxAccounts accounts.
	ErrTooManyAccounts = errorsmod.Register(ModuleName, 25, "member has too many accounts")
	// ErrAccountNotFound: the address is not one of the member's added accounts.
	ErrAccountNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 26, codes.NotFound, "account not found")
	// ErrWrongMember: the new account's application names another member.
	ErrWrongMember = errorsmod.Register(ModuleName, 27, "application is to act for another member")
)
