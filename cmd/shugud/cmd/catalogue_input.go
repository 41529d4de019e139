package cmd

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/data"
	product "github.com/shugu-network/shugu/x/product/types"
)

var (
	pricings = map[string]product.PricingMethod{
		"fixed": product.PRICING_METHOD_FIXED, "negotiated": product.PRICING_METHOD_NEGOTIATED,
	}
	deliveries = map[string]product.DeliveryMode{"file": product.DELIVERY_MODE_FILE}
	zoneKinds  = map[string]product.ZoneKind{
		"industry": product.ZONE_KIND_INDUSTRY, "region": product.ZONE_KIND_REGION,
		"lead-firm": product.ZONE_KIND_LEAD_FIRM, "feature": product.ZONE_KIND_FEATURE,
	}
)

type scenarioInput struct {
	Exchange       uint32 `yaml:"exchange"`
	Title          string `yaml:"title"`
	Description    string `yaml:"description"`
	Document       string `yaml:"document"`
	DocumentDigest string `yaml:"document_digest"`
}

type splitInput struct {
	RemainderOwner uint32 `yaml:"remainder_owner"`
	Shares         []struct {
		Member      uint32 `yaml:"member"`
		BasisPoints uint32 `yaml:"basis_points"`
	} `yaml:"shares"`
}

func (in splitInput) split() product.Split {
	out := product.Split{RemainderOwner: in.RemainderOwner}
	for _, s := range in.Shares {
		out.Shares = append(out.Shares, product.Share{Member: s.Member, BasisPoints: s.BasisPoints})
	}
	return out
}

type productInput struct {
	Scenario       string `yaml:"scenario"`
	Title          string `yaml:"title"`
	Manifest       string `yaml:"manifest"`
	ManifestDigest string `yaml:"manifest_digest"`
	Size           uint64 `yaml:"size"`
	Source         string `yaml:"source"`
	Industry       string `yaml:"industry"`
	Terms          struct {
		Pricing  string `yaml:"pricing"`
		Price    string `yaml:"price"`
		Delivery string `yaml:"delivery"`
		Licence  string `yaml:"licence"`
	} `yaml:"terms"`
	Split splitInput `yaml:"split"`
	Zones []struct {
		Kind string `yaml:"kind"`
		Name string `yaml:"name"`
	} `yaml:"zones"`
}

// fileOrDigest is the SHA-256 of a file, or the digest given instead; nil when neither is.
func fileOrDigest(field, path, digest string) ([]byte, error) {
	switch {
	case path != "" && digest != "":
		return nil, fmt.Errorf("%s: expected the file or its digest, got both", field)
	case digest != "":
		return parseDigest(field+"_digest", digest)
	case path == "":
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	return sum.Sum(nil), nil
}

// content turns the input file into what Register and Revise carry.
func (in productInput) content() (product.Content, error) {
	out := product.Content{
		Title: in.Title, Size_: in.Size, Source: in.Source, Industry: in.Industry, Split: in.Split.split(),
		Terms: product.Terms{Price: math.ZeroInt(), Licence: in.Terms.Licence},
	}
	var err error
	if in.Manifest != "" {
		if in.ManifestDigest != "" || in.Size != 0 {
			return out, errors.New("manifest: expected the file, or manifest_digest and size, got both")
		}
		m, err := readManifest(in.Manifest)
		if err != nil {
			return out, err
		}
		if out.ManifestDigest, err = m.Digest(); err != nil {
			return out, err
		}
		out.Size_ = m.Size
	} else if out.ManifestDigest, err = parseDigest("manifest_digest", in.ManifestDigest); err != nil {
		return out, err
	}
	if out.Terms.Pricing, err = parseChoice("terms.pricing", in.Terms.Pricing, pricings); err != nil {
		return out, err
	}
	if out.Terms.DeliveryMode, err = parseChoice("terms.delivery", in.Terms.Delivery, deliveries); err != nil {
		return out, err
	}
	if in.Terms.Price != "" {
		if out.Terms.Price, err = parseMoney("terms.price", in.Terms.Price); err != nil {
			return out, err
		}
	}
	for _, z := range in.Zones {
		kind, err := parseChoice("zones.kind", z.Kind, zoneKinds)
		if err != nil {
			return out, err
		}
		out.Zones = append(out.Zones, product.Zone{Kind: kind, Name: z.Name})
	}
	return out, nil
}

func readManifest(path string) (*data.Manifest, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return data.Decode(raw)
}
