package data

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// Digests of a sealed file: what Deliver commits to, 32 bytes each.
type Digests struct {
	// Sealed is the SHA-256 of the sealed file, Content of what is in it.
	Sealed, Content []byte
}

// Recipient reads a public age recipient ("age1…").
func Recipient(s string) (age.Recipient, error) {
	r, err := age.ParseX25519Recipient(s)
	if err != nil {
		return nil, fmt.Errorf("recipient: expected a public age key (age1…), got %q: %w", s, err)
	}
	return r, nil
}

// Identity makes a new key pair: the secret identity stays with the member, the
// recipient goes into its application.
func Identity() (identity, recipient string, err error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return key.String(), key.Recipient().String(), nil
}

// Seal encrypts the file in to out, for one recipient (age-encryption.org/v1).
// out must not exist; nothing stands there unless all went well.
func Seal(ctx context.Context, in, out string, to age.Recipient, progress Progress) (Digests, error) {
	return transform(ctx, in, out, progress, func(dst io.Writer, src io.Reader) (Digests, error) {
		sealed, content := sha256.New(), sha256.New()
		w, err := age.Encrypt(io.MultiWriter(dst, sealed), to)
		if err != nil {
			return Digests{}, err
		}
		if _, err := io.Copy(w, io.TeeReader(src, content)); err != nil {
			return Digests{}, err
		}
		if err := w.Close(); err != nil {
			return Digests{}, err
		}
		return Digests{Sealed: sealed.Sum(nil), Content: content.Sum(nil)}, nil
	})
}

// Open decrypts the sealed file in to out with the identities of a key file.
// out must not exist; nothing stands there unless all went well.
func Open(ctx context.Context, in, out, identityFile string, progress Progress) (Digests, error) {
	keys, err := os.Open(identityFile)
	if err != nil {
		return Digests{}, fmt.Errorf("identity: %w", err)
	}
	defer keys.Close()
	identities, err := age.ParseIdentities(keys)
	if err != nil {
		return Digests{}, fmt.Errorf("identity: %s: expected an age key file (AGE-SECRET-KEY-…): %w", identityFile, err)
	}
	return transform(ctx, in, out, progress, func(dst io.Writer, src io.Reader) (Digests, error) {
		sealed, content := sha256.New(), sha256.New()
		tee := io.TeeReader(src, sealed)
		r, err := age.Decrypt(tee, identities...)
		if err != nil {
			var mismatch *age.NoIdentityMatchError
			if errors.As(err, &mismatch) {
				return Digests{}, fmt.Errorf("%s is sealed to another key than those in %s", in, identityFile)
			}
			return Digests{}, fmt.Errorf("%s is not a sealed file, or it is damaged: %w", in, err)
		}
		if _, err := io.Copy(io.MultiWriter(dst, content), r); err != nil {
			return Digests{}, fmt.Errorf("%s is damaged: %w", in, err)
		}
		if _, err := io.Copy(io.Discard, tee); err != nil {
			return Digests{}, err
		}
		return Digests{Sealed: sealed.Sum(nil), Content: content.Sum(nil)}, nil
	})
}

// transform streams in through work to out: to a temporary file first, which
// takes the name only when all of it is written and synced.
func transform(ctx context.Context, in, out string, progress Progress, work func(io.Writer, io.Reader) (Digests, error)) (digests Digests, err error) {
	src, err := os.Open(in)
	if err != nil {
		return digests, err
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil {
		return digests, err
	}
	if !info.Mode().IsRegular() {
		return digests, fmt.Errorf("%s: expected a regular file; pack a folder into one file first", in)
	}
	if _, err := os.Lstat(out); err == nil {
		return digests, fmt.Errorf("%s exists already; remove it or choose another name", out)
	}
	dst, err := os.CreateTemp(filepath.Dir(out), "."+filepath.Base(out)+"-*")
	if err != nil {
		return digests, err
	}
	defer func() {
		if err != nil {
			_ = dst.Close()
			_ = os.Remove(dst.Name())
		}
	}()
	var done int64
	digests, err = work(dst, &counter{ctx: ctx, r: src, read: func(n int64) {
		done += n
		if progress != nil {
			progress(done, info.Size())
		}
	}})
	if err != nil {
		return digests, err
	}
	if err = dst.Sync(); err != nil {
		return digests, err
	}
	if err = dst.Close(); err != nil {
		return digests, err
	}
	// Link refuses to overwrite what came to stand there in the meantime.
	if err = os.Link(dst.Name(), out); err != nil {
		return digests, err
	}
	return digests, os.Remove(dst.Name())
}
