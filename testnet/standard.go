package testnet

import (
	"fmt"
	"slices"
	"strings"

	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
)

// city is a place with a data exchange, real regions and made-up members.
type city struct {
	name, region, chinese string
}

var cities = []city{
	{"hangzhou", "3301", "杭州"},
	{"shanghai", "3101", "上海"},
	{"beijing", "1101", "北京"},
	{"guangzhou", "4401", "广州"},
	{"shenzhen", "4403", "深圳"},
	{"guiyang", "5201", "贵阳"},
}

// bases are the names of the base operators, after the city's.
var bases = []string{"数谷基地运营", "高新区数据基地运营", "临港数据基地运营", "大学城数据基地运营", "空港数据基地运营", "软件园数据基地运营"}

// Cities lists what Standard knows.
func Cities() []string {
	names := make([]string, 0, len(cities))
	for _, c := range cities {
		names = append(names, c.name)
	}
	return names
}

// Standard returns the usual chain of a city, "shugu-hangzhou-1" for
// "hangzhou": a public authority, as many exchanges as validators (the data exchange
// itself and operators of bases), a bank, a compliance committee of three, a
// court and a relayer. Its merchants are admitted later. The keys are
// authority, exchange, exchange-2 and so on, bank, committee-1 to committee-3,
// court and relayer. The organisations are made up.
func Standard(name string, validators int) (ChainSpec, error) {
	i := slices.IndexFunc(cities, func(c city) bool { return c.name == name })
	if i < 0 {
		return ChainSpec{}, fmt.Errorf("city %q is not known; known are %s", name, strings.Join(Cities(), ", "))
	}
	c := cities[i]
	member := func(key, name string, role consortiumtypes.Role) MemberSpec {
		return MemberSpec{Key: key, Name: c.chinese + name, Roles: []consortiumtypes.Role{role}}
	}
	members := []MemberSpec{
		member("authority", "市数据局(演示)", consortiumtypes.ROLE_AUTHORITY),
		member("exchange", "数据交易所", consortiumtypes.ROLE_EXCHANGE),
	}
	for n := 2; n <= validators; n++ {
		base := fmt.Sprintf("第%d数据基地运营", n)
		if n-2 < len(bases) {
			base = bases[n-2]
		}
		members = append(members, member(fmt.Sprintf("exchange-%d", n), base+"有限公司(演示)", consortiumtypes.ROLE_EXCHANGE))
	}
	members = append(members,
		member("bank", "数谷银行(演示)", consortiumtypes.ROLE_BANK),
		member("committee-1", "明理律师事务所(演示)", consortiumtypes.ROLE_COMMITTEE_MEMBER),
		member("committee-2", "清和会计师事务所(演示)", consortiumtypes.ROLE_COMMITTEE_MEMBER),
		member("committee-3", "衡正审计有限公司(演示)", consortiumtypes.ROLE_COMMITTEE_MEMBER),
		member("court", "互联网法院", consortiumtypes.ROLE_COURT),
		member("relayer", "跨链中继服务有限公司(演示)", consortiumtypes.ROLE_RELAYER),
	)
	return ChainSpec{
		ID: "shugu-" + name + "-1", Region: c.region, Validators: validators,
		Members: members,
	}, nil
}

// CreditCode makes up the unified social credit code (GB 32100) of an
// enterprise of a region, 4 or 6 digits of GB/T 2260: registered with the market regulator (91), a serial
// number as organisation code with its check character, and the check character
// of the whole.
func CreditCode(region string, serial int) string {
	organisation := fmt.Sprintf("%08d", serial)
	code := "91" + (region + "00")[:6] + organisation + organisationCheck(organisation)
	check, err := consortiumtypes.CreditCodeCheck(code)
	if err != nil {
		panic(err) // all its characters are digits or X
	}
	return code + string(check)
}

// organisationCheck is the check character of an organisation code's first
// eight characters (GB 11714).
func organisationCheck(code string) string {
	sum := 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", code[i]) * weight
	}
	check := (11 - sum%11) % 11
	return "0123456789X"[check : check+1]
}
