/** Fields that every object of their kind has, and that this account makes no use of. */

const nulls = (fields: string): Readonly<Record<string, null>> =>
  Object.fromEntries(fields.split(' ').map((field) => [field, null]));

const noAutomaticTax = { disabled_reason: null, enabled: false, liability: null };

export const unused = {
  customer: {
    ...nulls('default_source shipping test_clock'),
    invoice_settings: nulls('custom_fields default_payment_method footer rendering_options'),
    preferred_locales: [],
  },
  product: {
    ...nulls('package_dimensions shippable statement_descriptor tax_code tax_details'),
    images: [],
    marketing_features: [],
  },
  price: { custom_unit_amount: null, tax_behavior: 'exclusive' },
  subscription: {
    ...nulls(
      'application application_fee_percent billing_cycle_anchor_config billing_thresholds cancellation_details customer_account default_payment_method default_source managed_payments next_pending_invoice_item_invoice on_behalf_of payment_settings pending_invoice_item_interval pending_setup_intent pending_update schedule test_clock transfer_data trial_settings',
    ),
    automatic_tax: noAutomaticTax,
    billing_mode: { flexible: null, type: 'classic' },
    billing_schedules: [],
    default_tax_rates: [],
    discounts: [],
    invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } },
  },
  subscription_item: { ...nulls('billing_thresholds current_trial'), discounts: [], metadata: {}, tax_rates: [] },
  invoice: {
    ...nulls(
      'account_tax_ids application automatically_finalizes_at custom_fields customer_account customer_address customer_phone customer_shipping default_payment_method default_source ending_balance footer from_invoice last_finalization_error latest_revision on_behalf_of receipt_number rendering shipping_cost shipping_details statement_descriptor test_clock webhooks_delivered_at',
    ),
    account_country: 'GB',
    account_name: 'Acme IT',
    amount_overpaid: 0,
    amount_shipping: 0,
    automatic_tax: { ...noAutomaticTax, provider: null, status: null },
    customer_tax_exempt: 'none',
    default_tax_rates: [],
    discounts: [],
    issuer: { type: 'self' },
    payment_settings: nulls('default_mandate payment_method_options payment_method_types'),
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    starting_balance: 0,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
  },
  line_item: {
    discountable: true,
    discount_amounts: [],
    discounts: [],
    metadata: {},
    pretax_credit_amounts: [],
    taxes: [],
  },
  payment_intent: {
    ...nulls(
      'allowed_payment_method_types application application_fee_amount automatic_payment_methods canceled_at cancellation_reason customer_account excluded_payment_method_types managed_payments next_action on_behalf_of payment_method payment_method_configuration_details payment_method_options payment_record processing receipt_email review setup_future_usage shipping source statement_descriptor statement_descriptor_suffix transfer_group',
    ),
    amount_capturable: 0,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    metadata: {},
    payment_method_types: ['card', 'bacs_debit'],
  },
  charge: {
    ...nulls(
      'application application_fee application_fee_amount balance_transaction calculated_statement_descriptor failure_balance_transaction on_behalf_of outcome payment_method receipt_email receipt_url review shipping source source_transfer statement_descriptor statement_descriptor_suffix transfer_data transfer_group',
    ),
    billing_details: nulls('address email name phone tax_id'),
    fraud_details: {},
    metadata: {},
  },
  refund: {
    ...nulls('balance_transaction customer_account payment_method source_transfer_reversal transfer_reversal'),
    metadata: {},
  },
  event: { pending_webhooks: 0, request: { id: null, idempotency_key: null } },
} as const;
