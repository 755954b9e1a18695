/** The JSON of each row: in lists, alone, and inside others. */
import type { Context } from './context.ts';
import { account, type Comment, type Contact, type Customer, type Ticket, ticketTypes, type User } from './model.ts';

export const fullName = ({ firstName, lastName }: Customer): string => `${firstName} ${lastName}`;
export const displayName = (customer: Customer): string => customer.businessName ?? fullName(customer);

export function customerRow(context: Context, customer: Customer, contacts: readonly Contact[]): object {
  const shown = context.say(displayName(customer), customer.id);
  const name = fullName(customer);
  return {
    id: customer.id,
    firstname: customer.firstName,
    lastname: customer.lastName,
    fullname: name,
    business_name: customer.businessName === null ? null : shown,
    email: customer.email,
    phone: customer.phone,
    mobile: customer.mobile,
    created_at: context.time(customer.created),
    updated_at: context.time(customer.modified),
    pdf_url: null,
    address: customer.address,
    address_2: customer.address2,
    city: customer.city,
    state: customer.state,
    zip: customer.zip,
    latitude: null,
    longitude: null,
    notes: customer.notes,
    get_sms: false,
    opt_out: false,
    disabled: customer.disabled,
    no_email: false,
    location_name: null,
    location_id: null,
    properties: customer.properties,
    online_profile_url: `https://${account.subdomain}.syncromsp.com/my_profile/v2/index?portal_key=k${customer.id}`,
    tax_rate_id: 3,
    notification_email: null,
    invoice_cc_emails: null,
    invoice_term_id: null,
    referred_by: null,
    ref_customer_id: null,
    business_and_full_name: customer.businessName === null ? name : `${shown} - ${name}`,
    business_then_name: shown,
    contacts: contacts.map((contact) => contactRow(context, contact)),
  };
}

export function contactRow(context: Context, contact: Contact): object {
  return {
    id: contact.id,
    name: context.say(contact.name, contact.id),
    address1: contact.address1,
    address2: null,
    city: null,
    state: null,
    zip: null,
    email: contact.email,
    phone: contact.phone,
    mobile: contact.mobile,
    latitude: null,
    longitude: null,
    customer_id: contact.customer,
    account_id: account.id,
    notes: contact.notes,
    created_at: context.time(contact.created),
    updated_at: context.time(contact.modified),
    vendor_id: contact.vendor,
    // Written as a field of the contact, read from here.
    properties: contact.title === null ? {} : { title: contact.title },
    opt_out: false,
    extension: contact.extension,
    processed_phone: contact.phone?.replaceAll(/\D/g, '') ?? null,
    processed_mobile: contact.mobile.replaceAll(/\D/g, '') || null,
  };
}

export function userRow(context: Context, user: User): object {
  return {
    id: user.id,
    email: user.email,
    full_name: context.say(user.name, user.id),
    created_at: context.time(user.created),
    updated_at: context.time(user.modified),
    group: user.group,
    admin: user.admin,
    color: '55b932',
  };
}

export function commentRow(context: Context, comment: Comment, ticket: Ticket): object {
  return {
    id: comment.id,
    created_at: context.time(comment.at),
    updated_at: context.time(comment.at),
    ticket_id: ticket.id,
    subject: comment.subject,
    body: comment.body,
    tech: comment.tech,
    hidden: comment.hidden,
    user_id: comment.user,
  };
}

/** Alone, a comment carries its user too. */
export function commentDetail(context: Context, comment: Comment, ticket: Ticket): object {
  const user = context.instance.users.get(comment.user ?? 0);
  return { ...commentRow(context, comment, ticket), is_rich_text: false, user: user ? userRow(context, user) : {} };
}

function common(context: Context, ticket: Ticket): object {
  const { instance } = context;
  const user = instance.users.get(ticket.user ?? 0);
  const customer = instance.customers.get(ticket.customer);
  return {
    id: ticket.id,
    number: ticket.number,
    subject: context.say(ticket.subject, ticket.id),
    created_at: context.time(ticket.created),
    customer_id: ticket.customer,
    customer_business_then_name: customer ? context.say(displayName(customer), customer.id) : null,
    due_date: ticket.due,
    resolved_at: context.timeOrNull(ticket.resolved),
    start_at: null,
    end_at: null,
    location_id: null,
    problem_type: ticket.problemType,
    status: ticket.status,
    ticket_type_id: ticket.type,
    properties: ticket.properties,
    user_id: ticket.user,
    updated_at: context.time(ticket.modified),
    pdf_url: null,
    priority: ticket.priority,
    billing_status: null,
    tag_list: ticket.tags,
    creator_name_or_email: 'dana@acme-it.example',
    address_id: null,
    parent: false,
    parent_id: null,
    child: false,
    recurring: false,
    customer_reply: ticket.status === 'Customer Reply',
    contact_id: ticket.contact,
    contract_id: null,
    sla_id: null,
    user: user ? userRow(context, user) : null,
  };
}

export function ticketRow(context: Context, ticket: Ticket): object {
  const { instance } = context;
  const contact = instance.contacts.get(ticket.contact ?? 0);
  const first = instance.initialComment(ticket);
  // Until spring 2026 lists carried all comments; newest first, as the comments' own list has them.
  const all = context.faults.isOn('all-comments');
  const comments = all ? [...instance.commentsOf(ticket)].reverse() : first === null ? [] : [first];
  return {
    ...common(context, ticket),
    location_name: null,
    ticket_type_name: typeName(ticket),
    sla_name: null,
    contact_fullname: contact ? context.say(contact.name, contact.id) : null,
    contract_name: null,
    total_formatted_billable_time: null,
    sla_breached: false,
    sla_breaching_soon: false,
    customer_tag_list: [],
    resolution_time: null,
    response_time: null,
    customer_icons: [],
    comments: comments.map((comment) => commentRow(context, comment, ticket)),
  };
}

/** Alone, a ticket lacks the names that lists have, and has the rows themselves instead. */
export function ticketDetail(context: Context, ticket: Ticket): object {
  const { instance } = context;
  const contact = instance.contacts.get(ticket.contact ?? 0);
  const customer = instance.customers.get(ticket.customer);
  return {
    ...common(context, ticket),
    customer: customer ? customerRow(context, customer, []) : null,
    contact: contact ? contactRow(context, contact) : null,
    ticket_type: ticketTypes.find(({ id }) => id === ticket.type) ?? null,
    comments: [...instance.commentsOf(ticket)].reverse().map((comment) => commentRow(context, comment, ticket)),
    line_items: [],
    ticket_timers: [],
    assets: [],
    asset_ids: ticket.assets,
    appointments: [],
    ticket_fields: [],
    ticket_answers: [],
    attachments: [],
    signature_name: null,
    signature_date: null,
    intake_form_html: null,
    outtake_form_html: null,
  };
}

const typeName = (ticket: Ticket): string | null => ticketTypes.find(({ id }) => id === ticket.type)?.name ?? null;
