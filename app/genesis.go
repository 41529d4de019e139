package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	ibctypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibccoretypes "github.com/cosmos/ibc-go/v11/modules/core/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	paneltypes "github.com/shugu-network/shugu/x/panel/types"
)

// GenesisState is the application's genesis by module.
type GenesisState map[string]json.RawMessage

// GenesisSpec says who stands in a chain's genesis.
type GenesisSpec struct {
	ChainID string
	Time    time.Time
	// Members with their numbers, and the seats of those that validate.
	Members []consortiumtypes.Member
	Seats   []consortiumtypes.Seat
	// Committee and JointMeeting are the numbers of the members that hold seats of
	// these panels, ascending. A panel without seats decides nothing until the council fills it.
	Committee, JointMeeting []uint32
	// Nodes that may connect; none closes the network to all until one is admitted.
	Nodes []consortiumtypes.Node
	// Accounts exist besides the members' owners.
	Accounts []sdk.AccAddress
	// Sendable are denominations that bank's own messages may move, with balances; none in production.
	Sendable []banktypes.Balance
	// QuotaGas of a member, and of a relayer, in a window; 0 for the defaults.
	QuotaGas uint64
}

// BuildGenesis makes the genesis of a chain. Consensus parameters are bounded,
// and authority.authority names the council for the modules that are not ours.
func BuildGenesis(spec GenesisSpec) (*genutiltypes.AppGenesis, error) {
	app := New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{})
	state := GenesisState(app.basics.DefaultGenesis(app.Codec))

	if err := setAccounts(app, state, spec); err != nil {
		return nil, err
	}
	if err := setBank(app, state, spec); err != nil {
		return nil, err
	}
	clients := ibccoretypes.DefaultGenesisState()
	clients.ClientGenesis.Params = ibctypes.NewParams(ibctm.ModuleName)
	state[ibcexported.ModuleName] = app.Codec.MustMarshalJSON(clients)

	var members consortiumtypes.GenesisState
	if err := app.Codec.UnmarshalJSON(state[consortiumtypes.ModuleName], &members); err != nil {
		return nil, err
	}
	if spec.QuotaGas != 0 {
		members.Params.QuotaGasMember, members.Params.QuotaGasRelayer = spec.QuotaGas, spec.QuotaGas
	}
	members.Members = spec.Members
	members.Seats = spec.Seats
	members.Nodes = slices.SortedFunc(slices.Values(spec.Nodes), func(a, b consortiumtypes.Node) int { return bytes.Compare(a.Id, b.Id) })
	for _, member := range spec.Members {
		members.NextMember = max(members.NextMember, member.Number+1)
	}
	state[consortiumtypes.ModuleName] = app.Codec.MustMarshalJSON(&members)
	if err := setPanels(app, state, spec); err != nil {
		return nil, err
	}

	if err := app.basics.ValidateGenesis(app.Codec, app.TxConfig, state); err != nil {
		return nil, fmt.Errorf("genesis of %s: %w", spec.ChainID, err)
	}
	raw, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	genesis := genutiltypes.NewAppGenesisWithVersion(spec.ChainID, raw)
	genesis.GenesisTime = spec.Time.UTC()
	genesis.InitialHeight = 1
	genesis.Consensus = &genutiltypes.ConsensusGenesis{Params: ConsensusParams()}
	return genesis, genesis.ValidateAndComplete()
}

// ConsensusParams bound blocks and name the council as the authority.
func ConsensusParams() *cmttypes.ConsensusParams {
	params := cmttypes.DefaultConsensusParams()
	params.Block.MaxBytes = MaxBlockBytes
	params.Block.MaxGas = MaxBlockGas
	params.Authority.Authority = PanelAddress(paneltypes.Council)
	return params
}

func setAccounts(app *App, state GenesisState, spec GenesisSpec) error {
	var accounts authtypes.GenesisAccounts
	seen := map[string]bool{}
	add := func(addr sdk.AccAddress) {
		if key := addr.String(); !seen[key] {
			seen[key] = true
			accounts = append(accounts, authtypes.NewBaseAccount(addr, nil, uint64(len(accounts)), 0))
		}
	}
	for _, member := range spec.Members {
		addr, err := sdk.GetFromBech32(member.Owner, Bech32Prefix)
		if err != nil {
			return fmt.Errorf("account %q: %w", member.Owner, err)
		}
		add(addr)
	}
	for _, addr := range spec.Accounts {
		add(addr)
	}
	genesis := authtypes.NewGenesisState(authtypes.DefaultParams(), accounts)
	state[authtypes.ModuleName] = app.Codec.MustMarshalJSON(genesis)
	return nil
}

// setPanels fills the seats of committee and joint meeting; the council's are the validators'.
func setPanels(app *App, state GenesisState, spec GenesisSpec) error {
	genesis := paneltypes.DefaultGenesis()
	for i := range genesis.Panels {
		panel := &genesis.Panels[i]
		switch panel.Name {
		case paneltypes.Committee:
			panel.Members = spec.Committee
		case paneltypes.JointMeeting:
			panel.Members = spec.JointMeeting
		}
		for _, number := range panel.Members {
			if !slices.ContainsFunc(spec.Members, func(m consortiumtypes.Member) bool { return m.Number == number }) {
				return fmt.Errorf("panel %s: there is no member %06d", panel.Name, number)
			}
		}
	}
	state[paneltypes.ModuleName] = app.Codec.MustMarshalJSON(genesis)
	return nil
}

// setBank turns bank's own send messages off and describes fen.
func setBank(app *App, state GenesisState, spec GenesisSpec) error {
	genesis := banktypes.DefaultGenesisState()
	genesis.Params.DefaultSendEnabled = false
	genesis.DenomMetadata = []banktypes.Metadata{{
		Description: "Renminbi in fen (分), issued by member banks against deposits",
		Base:        Denom, Display: "cny", Name: "Renminbi", Symbol: "CNY",
		DenomUnits: []*banktypes.DenomUnit{{Denom: Denom}, {Denom: "cny", Exponent: 2}},
	}}
	for _, balance := range spec.Sendable {
		genesis.Balances = append(genesis.Balances, balance)
		genesis.Supply = genesis.Supply.Add(balance.Coins...)
	}
	for _, coin := range genesis.Supply {
		if coin.Denom == Denom {
			return fmt.Errorf("balances: %s comes from banks' deposits only, never from genesis", Denom)
		}
		genesis.SendEnabled = append(genesis.SendEnabled, banktypes.SendEnabled{Denom: coin.Denom, Enabled: true})
	}
	state[banktypes.ModuleName] = app.Codec.MustMarshalJSON(genesis)
	return nil
}

// initChain starts the state from genesis.
func (app *App) initChain(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var state GenesisState
	if err := json.Unmarshal(req.AppStateBytes, &state); err != nil {
		return nil, fmt.Errorf("genesis: expected a JSON object by module: %w", err)
	}
	// Modules panic on a genesis that they cannot take; a person gets an error instead.
	if err := app.basics.ValidateGenesis(app.Codec, app.TxConfig, state); err != nil {
		return nil, fmt.Errorf("genesis of %s is not valid: %w; `shugud genesis validate` checks a file", req.ChainId, err)
	}
	if err := app.Upgrade.SetModuleVersionMap(ctx, app.modules.GetVersionMap()); err != nil {
		return nil, err
	}
	res, err := app.modules.InitGenesis(ctx, app.Codec, state)
	if err != nil {
		return nil, err
	}
	return res, app.rememberGenesisPeers(ctx)
}
