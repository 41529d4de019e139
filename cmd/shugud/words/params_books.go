package words

// elsewhere are the paths of parameters that a query calls otherwise than the message.
var elsewhere = map[string]string{"auth.authority": "authority.authority"}

// updates are the messages that set parameters, by type URL.
var updates = map[string]book{
	"/shugu.panel.v1.MsgUpdateParams": {"panels", "合议机构", "params", []param{
		{"default_deadline", "time to vote when the proposer names none", "默认表决期限", seconds},
		{"min_deadline", "shortest time to vote", "最短表决期限", seconds},
		{"max_deadline", "longest time to vote", "最长表决期限", seconds},
		{"max_expiries_per_block", "resolutions that expire in one block at most", "每区块到期决议上限", number},
		{"max_execution_gas", "gas of one resolution at most", "单项决议 gas 上限", gas},
	}},
	"/shugu.consortium.v1.MsgUpdateParams": {"the consortium", "联盟", "params", []param{
		{"quota_window", "window of the gas quota", "gas 配额窗口", blocks},
		{"quota_gas_member", "quota of a member in a window", "成员每窗口配额", gas},
		{"quota_gas_relayer", "quota of a relayer's packets in a window", "中继每窗口配额", gas},
		{"trusting_period", "time for which other chains' light clients may trust a header", "他链轻客户端信任期", seconds},
		{"downtime_window", "window in which missed blocks are counted", "缺块统计窗口", blocks},
		{"downtime_min_signed", "share of the window that a seat has to sign, or it is suspended", "席位须签署比例", perMille},
		{"rejoin_wait", "wait of a seat that missed blocks before it may rejoin by itself", "缺块席位恢复等待", blocks},
		{"rotation_notice", "notice before a consensus key changes", "共识密钥更换提前量", blocks},
	}},
	"/shugu.compliance.v1.MsgUpdateParams": {"compliance reviews", "合规审查", "params", []param{
		{"quorum", "clear opinions that a review needs", "所需通过意见", number},
		{"max_committee", "committee of one review at most", "单次审查委员上限", number},
	}},
	"/shugu.trade.v1.MsgUpdateParams": {"trades", "交易", "params", []param{
		{"min_within", "shortest time to fund, deliver or accept", "付款、交付、验收最短时限", seconds},
		{"max_within", "longest time to fund, deliver or accept", "付款、交付、验收最长时限", seconds},
		{"max_quote_validity", "longest validity of a quote", "报价最长有效期", seconds},
		{"max_deadlines_per_block", "deadlines that one block carries out at most", "每区块处理期限上限", number},
	}},
	"/shugu.voucher.v1.MsgUpdateParams": {"red reversals", "冲红", "params", []param{
		{"reversal_window", "time to confirm a reversal", "冲红确认期限", seconds},
		{"max_expiries_per_block", "requests that one block ends at most", "每区块终止申请上限", number},
	}},
	"/shugu.recognition.v1.MsgUpdateParams": {"recognition", "互认", "params", []param{
		{"max_packets_per_block", "packets that one block sends at most", "每区块发送数据包上限", number},
		{"packet_timeout", "time in which a packet has to arrive", "数据包超时", seconds},
		{"backoff_first", "wait after the first failure to send", "首次发送失败后等待", blocks},
		{"backoff_cap", "longest wait after failures to send", "发送失败最长等待", blocks},
	}},
	"/cosmos.bank.v1beta1.MsgUpdateParams": {"the bank module", "银行模块", "params", []param{
		{"send_enabled", "denominations of the old list (must be none)", "旧式币种清单（须为空）", plainly},
		{"default_send_enabled", "sending of denominations that no entry names", "未列明币种的转账", onOff},
	}},
	"/cosmos.auth.v1beta1.MsgUpdateParams": {"accounts", "账户", "params", []param{
		{"max_memo_characters", "longest note of a transaction, in characters", "交易备注最长字符数", number},
		{"tx_sig_limit", "signatures of a transaction at most", "每笔交易签名上限", number},
		{"tx_size_cost_per_byte", "cost of a byte of a transaction", "交易每字节费用", gas},
		{"sig_verify_cost_ed25519", "cost of an ed25519 signature", "ed25519 签名费用", gas},
		{"sig_verify_cost_secp256k1", "cost of a secp256k1 signature", "secp256k1 签名费用", gas},
	}},
	"/cosmos.consensus.v1.MsgUpdateParams": {"consensus", "共识", "", []param{
		{"block.max_bytes", "size of a block at most (-1: as the protocol allows)", "区块大小上限（-1 为协议上限）", octets},
		{"block.max_gas", "gas of a block at most (-1: any)", "区块 gas 上限（-1 为不限）", gas},
		{"evidence.max_age_num_blocks", "age of evidence at most, in blocks", "证据有效区块数", blocks},
		{"evidence.max_age_duration", "age of evidence at most", "证据有效期", seconds},
		{"evidence.max_bytes", "evidence in a block at most", "每区块证据大小上限", octets},
		{"validator.pub_key_types", "kinds of validators' keys", "验证人密钥类型", plainly},
		{"abci.vote_extensions_enable_height", "vote extensions from height (0: never)", "投票扩展启用高度（0 为不启用）", number},
		{"auth.authority", "account that is every module's authority", "各模块的权限账户", plainly},
	}},
	"/ibc.core.client.v1.MsgUpdateParams": {"light clients", "轻客户端", "params", []param{
		{"allowed_clients", "kinds of light clients that may be used", "允许的轻客户端类型", plainly},
	}},
	"/ibc.core.connection.v1.MsgUpdateParams": {"connections", "连接", "params", []param{
		{"max_expected_time_per_block", "longest time between two blocks that is expected", "预期最长出块间隔", nanoseconds},
	}},
}
