package cmd

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/words"
)

// paramsQueries are the queries for parameters that are not called Params.
var paramsQueries = map[string]string{
	"/ibc.core.client.v1.MsgUpdateParams": "ClientParams", "/ibc.core.connection.v1.MsgUpdateParams": "ConnectionParams",
}

// paramsToday asks for the parameters that a message would replace. Where they cannot be had
// there are none, and the message is shown without a comparison.
func paramsToday(goCtx context.Context, ctx client.Context) words.Today {
	return func(url string) json.RawMessage {
		method, req, res := paramsQuery(url)
		if req == nil || res == nil || ctx.Invoke(goCtx, method, req, res) != nil {
			return nil
		}
		params, err := paramsIn(ctx, res)
		if err != nil {
			return nil
		}
		return params
	}
}

// paramsQuery is the query for the parameters that a message sets: its method, an empty
// request and an empty response, nil when there is no such query.
func paramsQuery(url string) (method string, req, res proto.Message) {
	name := "Params"
	if named := paramsQueries[url]; named != "" {
		name = named
	}
	module := strings.TrimSuffix(strings.TrimPrefix(url, "/"), "MsgUpdateParams")
	return "/" + module + "Query/" + name, madeOf(module + "Query" + name + "Request"), madeOf(module + "Query" + name + "Response")
}

// paramsIn takes the parameters out of a response, those that are 0 included.
func paramsIn(ctx client.Context, res proto.Message) (json.RawMessage, error) {
	raw, err := ctx.Codec.MarshalJSON(res)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Params json.RawMessage `json:"params"`
	}
	err = json.Unmarshal(raw, &answer)
	return answer.Params, err
}

// madeOf makes an empty message by its protobuf name, nil when there is none.
func madeOf(name string) proto.Message {
	t := proto.MessageType(name)
	if t == nil {
		return nil
	}
	message, _ := reflect.New(t.Elem()).Interface().(proto.Message)
	return message
}
