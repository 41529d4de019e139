// Command statecheck refuses what can make two nodes differ: ranges over maps,
// goroutines, channels, floating point and Unicode's tables, which grow with Go,
// in the packages it is given.
package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo}
	loaded, err := packages.Load(cfg, os.Args[1:]...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "statecheck:", err)
		os.Exit(2)
	}
	if packages.PrintErrors(loaded) > 0 {
		os.Exit(2)
	}
	found := 0
	for _, p := range loaded {
		for _, file := range p.Syntax {
			name := p.Fset.Position(file.Pos()).Filename
			if strings.HasSuffix(name, ".pb.go") || strings.HasSuffix(name, ".pb.gw.go") || strings.HasSuffix(name, "_test.go") {
				continue
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if what := offence(p.TypesInfo, n); what != "" {
					fmt.Printf("%s: %s in the state machine\n", p.Fset.Position(n.Pos()), what)
					found++
				}
				return true
			})
		}
	}
	if found > 0 {
		os.Exit(1)
	}
}

// offence names what is wrong with a node, or nothing.
func offence(info *types.Info, n ast.Node) string {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if t := info.TypeOf(n.X); t != nil {
			if _, ok := t.Underlying().(*types.Map); ok {
				return "range over a map"
			}
		}
	case *ast.GoStmt:
		return "goroutine"
	case *ast.SelectStmt:
		return "select"
	case *ast.SelectorExpr:
		if used := info.Uses[n.Sel]; used != nil && used.Pkg() != nil && asksUnicode(used) {
			return used.Pkg().Name() + "." + used.Name() + ", whose tables change with Go's version,"
		}
	case ast.Expr:
		if t := info.TypeOf(n); t != nil {
			if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&(types.IsFloat|types.IsComplex) != 0 {
				return "floating point"
			}
		}
	}
	return ""
}

// asksUnicode says whether what is used decides by Unicode's tables.
func asksUnicode(used types.Object) bool {
	switch used.Pkg().Path() {
	case "unicode":
		return true
	case "strings", "bytes":
		switch used.Name() {
		case "EqualFold", "Fields", "FieldsSeq", "Title", "ToLower", "ToTitle", "ToUpper", "TrimSpace":
			return true
		}
	}
	return false
}
