package words

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shugu-network/shugu/verify"
)

// Today tells the parameters that a message would replace, as protobuf's JSON, by the
// message's type URL; nil when they are not known.
type Today func(url string) json.RawMessage

func (t Today) of(url string) json.RawMessage {
	if t == nil {
		return nil
	}
	return t(url)
}

// param is a parameter: its path in protobuf's JSON, what it is, and what it counts.
type param struct {
	path, english, chinese string
	unit                   unit
}

// unit says a value in words.
type unit func(value string) (english, chinese string)

// book is the parameters of one module: whose they are, and where a message has them.
type book struct {
	english, chinese string
	// within is the message's field that holds them; empty when the message does itself.
	within string
	params []param
}

// update says what a message sets. Parameters of which it says nothing stay as they are.
func (b book) update(msg, today json.RawMessage) (english, chinese string) {
	set, err := flat(msg)
	if err != nil {
		return "Set parameters that cannot be read: " + err.Error(), "设置参数，内容无法识读：" + err.Error()
	}
	was, err := flat(today)
	known := err == nil && len(was) > 0
	var lines, linesZH []string
	for _, p := range b.listed(b.withoutFrame(set)) {
		value := set[b.prefix()+p.path]
		to, toZH := p.unit(value)
		path := p.path
		if named := elsewhere[path]; named != "" {
			path = named
		}
		old, told := was[path]
		switch {
		case known && told && old == value:
			continue
		case known && told:
			from, fromZH := p.unit(old)
			to, toZH = from+" → "+to, fromZH+" → "+toZH
		}
		lines, linesZH = append(lines, p.english+": "+to), append(linesZH, p.chinese+"："+toZH)
	}
	switch {
	case len(lines) == 0:
		return fmt.Sprintf("Set the parameters of %s to what they are today: nothing changes", b.english), fmt.Sprintf("将%s参数设为现值：无变化", b.chinese)
	case known:
		return fmt.Sprintf("Change parameters of %s: %s. All others stay as they are today.", b.english, strings.Join(lines, "; ")),
			fmt.Sprintf("变更%s参数：%s。其余参数保持现值。", b.chinese, strings.Join(linesZH, "；"))
	default:
		return fmt.Sprintf("Set the parameters of %s: %s", b.english, strings.Join(lines, "; ")), fmt.Sprintf("设置%s参数：%s", b.chinese, strings.Join(linesZH, "；"))
	}
}

func (b book) prefix() string {
	if b.within == "" {
		return ""
	}
	return b.within + "."
}

// withoutFrame is the paths of the parameters among those of a message.
func (b book) withoutFrame(msg map[string]string) []string {
	var paths []string
	for path := range msg {
		if inside, ok := strings.CutPrefix(path, b.prefix()); ok && inside != "authority" && inside != "signer" {
			paths = append(paths, inside)
		}
	}
	return paths
}

// listed is what is known of the parameters with these paths, in the book's order; those
// that it does not know come last, by their paths.
func (b book) listed(paths []string) []param {
	var out []param
	for _, p := range b.params {
		if i := slices.Index(paths, p.path); i >= 0 {
			out, paths = append(out, p), slices.Delete(paths, i, i+1)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		out = append(out, param{path, path, path, plainly})
	}
	return out
}

// Params tells a module's parameters, which are given as protobuf's JSON. The URL is of the
// message that sets them.
func Params(w io.Writer, url string, params json.RawMessage) error {
	b := updates[url]
	values, err := flat(params)
	if err != nil {
		return err
	}
	paths := make([]string, 0, len(values))
	for path := range values {
		paths = append(paths, path)
	}
	s := sheet{w}
	fmt.Fprintf(w, "Parameters of %s %s参数\n", b.english, b.chinese)
	for _, p := range b.listed(paths) {
		english, chinese := p.unit(values[p.path])
		if english != chinese {
			english = bilingual(english, chinese)
		}
		s.line(p.english+" "+p.chinese, "%s", english)
	}
	fmt.Fprintln(w, "The council sets them by a resolution 由理事会决议设定: shugud example resolution")
	return nil
}

// flat turns JSON into its leaves by path: "block.max_bytes". A list is one leaf.
func flat(raw json.RawMessage) (map[string]string, error) {
	out := map[string]string{}
	if len(raw) == 0 {
		return out, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var root any
	if err := decoder.Decode(&root); err != nil {
		return nil, err
	}
	flatten("", root, out)
	return out, nil
}

func flatten(path string, v any, out map[string]string) {
	switch v := v.(type) {
	case nil: // a part that a message leaves out stays as it is
	case map[string]any:
		for key, inside := range v {
			at := key
			if path != "" {
				at = path + "." + key
			}
			flatten(at, inside, out)
		}
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = verify.Identifier(fmt.Sprint(item))
		}
		out[path] = strings.Join(items, ", ")
	case string:
		out[path] = v
		if v != "" {
			out[path] = verify.Identifier(v)
		}
	default:
		out[path] = fmt.Sprint(v)
	}
}

func plainly(value string) (english, chinese string) {
	if value == "" {
		return "none", "无"
	}
	return value, value
}

// counted makes a unit of what follows a number.
func counted(englishUnit, chineseUnit string) unit {
	return func(value string) (english, chinese string) {
		digits, sign := strings.CutPrefix(value, "-")
		if _, err := strconv.ParseUint(digits, 10, 64); err != nil {
			return value, value
		}
		number := group(digits)
		if sign {
			number = "-" + number
		}
		return strings.TrimSpace(number + " " + englishUnit), strings.TrimSpace(number + " " + chineseUnit)
	}
}

var (
	number = counted("", "")
	blocks = counted("block(s)", "个区块")
	gas    = counted("gas", "gas")
	octets = counted("bytes", "字节")
)

// seconds reads a number of seconds, or a duration like "172800s".
func seconds(value string) (english, chinese string) {
	return periodOf(strings.TrimSuffix(value, "s"), "s")
}

func nanoseconds(value string) (english, chinese string) { return periodOf(value, "ns") }

func periodOf(value, unit string) (english, chinese string) {
	d, err := time.ParseDuration(value + unit)
	if err != nil {
		return value, value
	}
	return Period(d)
}

func perMille(value string) (english, chinese string) { return value + " of 1,000", value + "‰" }

func onOff(value string) (english, chinese string) {
	if value == "true" {
		return "on", "开"
	}
	return "off", "关"
}
