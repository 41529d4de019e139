package invariants

// Key is the setting in app.toml, and the flag of `shugud start`, that says how many
// blocks are let pass between two recounts; 0 for none.
const Key = "invariants.every"

// ConfigTemplate is the section of app.toml.
const ConfigTemplate = `
###############################################################################
###                               Invariants                                ###
###############################################################################

[invariants]

# Blocks between two recounts of the whole state on the running node, 0 for none. A recount reads
# everything: let a full node do it, not a validator. What does not add up is logged, and is
# told by the metrics shugu_invariants_broken and shugu_invariants_height.
every = {{ .Invariants.Every }}
`

// Config is the section [invariants] of app.toml.
type Config struct {
	Every int64 `mapstructure:"every"`
}
