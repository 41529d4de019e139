# Makes a genesis to rehearse with from an export: one exchange alone holds a seat, with a key and an account made for the rehearsal.
.genesis_time = (now | todate)
| .consensus.validators = [{pub_key: {type: "tendermint/PubKeyEd25519", value: $key}, power: .consensus.validators[0].power, name: "rehearsal"}]
| .app_state.consortium |= (
    .seats = [.seats[] | select(.member == ($member | tonumber)) | .consensus_key = $key | .status = "SEAT_STATUS_ACTIVE"]
    | .sets = [] | .rotations = []
    | (.members[] | select(.number == ($member | tonumber))).owner = $owner)
| .app_state.auth.accounts += [{"@type": "/cosmos.auth.v1beta1.BaseAccount", address: $owner, pub_key: null, sequence: "0",
    account_number: ([.app_state.auth.accounts[] | (.base_account // .).account_number | tonumber] | max + 1 | tostring)}]
