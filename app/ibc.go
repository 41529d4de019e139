package app

import (
	"context"
	"time"

	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	porttypes "github.com/cosmos/ibc-go/v11/modules/core/05-port/types"
	"github.com/cosmos/ibc-go/v11/modules/core/api"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/x/recognition"
	"github.com/shugu-network/shugu/x/recognition/lightclient"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
)

// UnbondingTime is what stock relayers ask x/staking for to size a client's
// trusting period. Seats are not bonded here: it is the time for which a former
// validator set can still be held to what it signed.
const UnbondingTime = 21 * 24 * time.Hour

// setIBCRoutes opens the one port, recognition, in IBC classic and v2, and the one kind of
// light client.
func (app *App) setIBCRoutes() {
	router := porttypes.NewRouter()
	router.AddRoute(recognitiontypes.PortID, recognition.NewIBCModule(app.Recognition))
	app.IBC.SetRouter(router)
	app.IBC.SetRouterV2(api.NewRouter().AddRoute(recognitiontypes.PortID, recognition.NewIBCModuleV2(app.Recognition)))

	lightClient := ibctm.NewLightClientModule(app.Codec, app.IBC.ClientKeeper.GetStoreProvider())
	app.IBC.ClientKeeper.AddRoute(ibctm.ModuleName, lightclient.New(&lightClient, app.Recognition))
}

// stakingParams answers cosmos.staking.v1beta1.Query/Params, and nothing else
// of x/staking, because stock relayers expect it.
type stakingParams struct {
	*stakingtypes.UnimplementedQueryServer
}

// Params implements stakingtypes.QueryServer.
func (stakingParams) Params(context.Context, *stakingtypes.QueryParamsRequest) (*stakingtypes.QueryParamsResponse, error) {
	return &stakingtypes.QueryParamsResponse{Params: stakingtypes.Params{
		UnbondingTime: UnbondingTime,
		BondDenom:     Denom,
	}}, nil
}
