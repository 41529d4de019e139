//go:build !upgradetest

package app

// ThisRelease is what this program knows of upgrades. No chain needs one yet, so the table is empty. The first
// will be: {Name: "v2", Stores: …, Then: …}; its modules raise their ConsensusVersion and register their migrations.
func ThisRelease() Release { return Release{} }
