package cmd

// ExitError is an error with the exit code that the process ends with.
type ExitError struct {
	// Code is the exit code; each command's help says what it means.
	Code int
	// Err is what went wrong; nil when the command has said it already.
	Err error
	// told: standard output has the JSON document that tells it.
	told bool
}

// Error is the message of Err, or nothing.
func (e *ExitError) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap returns Err.
func (e *ExitError) Unwrap() error { return e.Err }
