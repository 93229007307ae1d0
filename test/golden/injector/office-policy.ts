// The policy of the synthetic office: deny by default, reading and small updates run, what is
// risky goes to a human, what nobody should do is blocked. Its linter has nothing to say.

export const OFFICE_POLICY = `version: "1"
defaults: { risk_level: medium, approval: block }
rules:
  - { name: reading, match: { type: "read_*" }, risk_level: low, approval: auto }
  - { name: searching, match: { type: "search_*" }, risk_level: low, approval: auto }
  - { name: delegating, match: { type: delegate_task }, risk_level: low, approval: auto }
  - { name: reports, match: { type: build_report }, risk_level: low, approval: auto }
  - { name: customer_lookup, match: { type: lookup_customer }, risk_level: medium, approval: auto }
  - { name: ticket_notes, match: { type: update_ticket }, risk_level: medium, approval: auto }
  - { name: partner_api, match: { type: http_post, target: "https://api.partner.example/*" }, risk_level: medium, approval: auto }
  - { name: house_scripts, match: { type: run_script, target: "scripts/*" }, risk_level: medium, approval: auto }
  - { name: customer_mail, match: { type: send_email }, risk_level: medium, approval: approve }
  - { name: refunds, match: { type: issue_refund }, risk_level: high, approval: approve }
  - { name: deployments, match: { type: deploy_service }, risk_level: high, approval: approve }
  - { name: configuration, match: { type: update_config }, risk_level: high, approval: approve }
  - { name: installations, match: { type: install_package }, risk_level: high, approval: approve }
  - { name: erasure, match: { type: delete_record }, risk_level: high, approval: approve }
  - { name: credentials, match: { type: use_credential }, risk_level: high, approval: approve }
  - { name: payments, match: { type: pay_supplier }, risk_level: critical, approval: approve }
  - { name: never_drop, match: { type: drop_table }, risk_level: critical, approval: block }
`;
