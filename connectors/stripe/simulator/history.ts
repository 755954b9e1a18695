/** Two years of billing the companies of the world: who pays how, what is overdue, what failed, what was given back. */
import { random } from '../../../src/simulator/random.ts';
import type { WorldCompany } from '../../../src/simulator/world.ts';
import type { Account } from './account.ts';
import type { Catalogue } from './catalogue.ts';
import { addCustomer, addInvoice, addSubscription, charge, finalise, type Line, refund, settle } from './making.ts';
import type { Customer, Invoice, Subscription } from './model.ts';

const hour = 3600;
const day = 86_400;
const longestMonths = 24;

const currencyOf: Readonly<Record<string, string>> = {
  GB: 'gbp',
  US: 'usd',
  CA: 'cad',
  DE: 'eur',
  ES: 'eur',
  SE: 'sek',
  AU: 'aud',
};
/** Among the first companies, so that small accounts have them too. */
const unusualCurrency: Readonly<Record<number, string>> = { 2: 'jpy', 3: 'isk', 4: 'kwd', 8: 'ugx' };

export function billEverybody(account: Account, catalogue: Catalogue): void {
  const { world } = account;
  for (let number = 0; number < world.counts.companies; number++)
    billCompany(account, catalogue, world.company(number));
  billFormerClient(account, catalogue);
}

function billCompany(account: Account, catalogue: Catalogue, company: WorldCompany): void {
  // Who is only courted has no bill yet; a small account needs somebody all the same.
  if (company.relationship === 'Prospect' && company.number > 5) return;
  const today = Math.floor(account.world.today / 1000);
  const customer = customerFor(account, company, today);
  if (company.relationship === 'Ad hoc') billByHand(account, catalogue, customer, company, today);
  else billMonthly(account, catalogue, customer, company, today);
  // Some have a second one, for work in another currency.
  if (company.number % 8 === 3) {
    const second = addCustomer(account, {
      name: company.name,
      email: `projects@${company.domain}`,
      currency: 'eur',
      at: Math.min(today, customer.created + day),
    });
    account.tied.add(second.id);
    billByHand(account, catalogue, second, company, today);
  }
}

function customerFor(account: Account, company: WorldCompany, today: number): Customer {
  const { number, domain } = company;
  const [site] = company.sites;
  const named = {
    // Known by the mail domain only: the customer is a person.
    person: { name: `Accounts (${site.city})`, email: `accounts@${domain}` },
    // Known by the name only.
    nameless: { name: company.name, email: null },
    // By neither: an agency pays.
    agency: { name: `${site.city} Payment Agency ${number}`, email: `client${number}@payments.example` },
    usual: { name: company.name, email: `accounts@${domain}` },
  }[number % 10 === 4 ? 'person' : number % 10 === 7 ? 'nameless' : number % 12 === 9 ? 'agency' : 'usual'];
  const customer = addCustomer(account, {
    ...named,
    currency: unusualCurrency[number] ?? currencyOf[site.countryCode] ?? 'gbp',
    at: Math.min(Math.floor(company.createdAt / 1000), today - 3 * day),
    phone: site.phone,
    address: {
      city: site.city,
      country: site.countryCode,
      line1: site.street,
      line2: null,
      postal_code: site.postcode,
      state: site.region,
    },
    balance: number % 9 === 2 ? -2500 : 0,
  });
  if (number % 12 !== 9 || number % 10 === 7 || number % 10 === 4) account.tied.add(customer.id);
  return customer;
}

function billMonthly(
  account: Account,
  catalogue: Catalogue,
  customer: Customer,
  company: WorldCompany,
  today: number,
): void {
  const draw = random(account.world.seed, 'subscription', company.number);
  // The first, and some after it, have more lines than a subscription shows at once.
  const services = account.subscriptions.size % 20 === 0 ? catalogue.services : 1 + draw.below(3);
  const lines: Line[] = Array.from({ length: services }, (_, service) => ({
    price: catalogue.price(service, customer.currency ?? 'gbp'),
    quantity: service === 0 ? 5 + draw.below(60) : 1 + draw.below(9),
  }));
  const months = Math.min(longestMonths, Math.max(1, Math.floor((today - customer.created) / (30 * day))));
  const newest = today - draw.below(20) * day - 2 * hour;
  const start = (month: number) => newest - (months - 1 - month) * 30 * day;
  const subscription = addSubscription(account, customer, lines, {
    at: Math.max(start(0), customer.created),
    sends: company.number % 3 === 0,
    period: { start: newest, end: newest + 30 * day },
  });
  for (let month = 0; month < months; month++) {
    const invoice = addInvoice(account, customer, lines, {
      at: start(month) + 60,
      subscription,
      reason: month === 0 ? 'subscription_create' : 'subscription_cycle',
      period: { start: start(month), end: start(month) + 30 * day },
    });
    payOrNot(account, customer, subscription, invoice, { company, month, isLast: month === months - 1, today });
  }
  nowadays(account, subscription, company, today);
}

/** The older ones are paid; of the newest, some are open, some overdue, some failed. */
function payOrNot(
  account: Account,
  customer: Customer,
  subscription: Subscription | null,
  invoice: Invoice,
  it: { company: WorldCompany; month: number; isLast: boolean; today: number },
): void {
  const intent = finalise(account, customer, invoice);
  const { number } = it.company;
  const card = invoice.collection_method === 'charge_automatically';
  const finalised = invoice.created + hour;
  const fails = card && it.isLast && number % 11 === 6;
  if (fails || (card && (number + it.month) % 9 === 5)) {
    charge(account, intent, { at: finalised + 5, ok: false, card });
    invoice.attempt_count = 1;
    invoice.attempted = true;
  }
  if (fails) {
    invoice.next_payment_attempt = it.today + 3 * day;
    customer.delinquent = true;
    if (subscription !== null) subscription.status = 'past_due';
    return;
  }
  const paidAt = card ? finalised + 60 : finalised + (3 + ((number + it.month) % 9)) * day;
  const never = !card && number % 5 === 0 && it.isLast;
  if (paidAt > it.today || never) {
    if (never) invoice.due_date = Math.min(invoice.due_date ?? it.today, it.today - 2 * day);
    customer.delinquent = never;
    return;
  }
  const paid = charge(account, intent, { at: paidAt, ok: true, card });
  settle(account, invoice, intent, paidAt);
  if ((number + it.month * 7) % 17 === 4 && paidAt + 2 * day <= it.today) {
    const whole = (number + it.month) % 3 === 0;
    const amount = whole ? paid.amount : Math.round(paid.amount / 1000) * 100;
    const reason = whole ? 'duplicate' : 'requested_by_customer';
    if (amount > 0) refund(account, paid, { amount, at: paidAt + 2 * day, reason });
  }
}

/** What became of the subscription in the end. */
function nowadays(account: Account, subscription: Subscription, company: WorldCompany, today: number): void {
  if (!company.isActive) account.cancel(subscription, today - 5 * hour);
  else if (company.number % 15 === 11) {
    subscription.cancel_at_period_end = true;
    subscription.cancel_at = subscription.items[0]?.current_period_end ?? null;
  } else if (company.number % 15 === 12) {
    subscription.pause_collection = { behavior: 'void', resumes_at: null };
  } else if (company.number % 15 === 13) {
    Object.assign(subscription, { status: 'trialing', trial_start: today - day, trial_end: today + 13 * day });
  }
}

function billByHand(
  account: Account,
  catalogue: Catalogue,
  customer: Customer,
  company: WorldCompany,
  today: number,
): void {
  const price = catalogue.price(1, customer.currency ?? 'gbp');
  const age = Math.max(2, Math.floor((today - customer.created) / day));
  for (let piece = 0; piece < 3; piece++) {
    const at = today - Math.floor((age * (3 - piece)) / 4) * day - 6 * hour;
    const invoice = addInvoice(account, customer, [{ price, quantity: 1 + piece }], {
      at,
      subscription: null,
      reason: 'manual',
      period: { start: at, end: at },
    });
    invoice.description = 'Work as agreed';
    if (piece === 2 && company.number % 4 === 1) continue;
    if (piece === 1 && company.number % 4 === 2) {
      finalise(account, customer, invoice);
      Object.assign(invoice, { status: 'void', amount_remaining: 0 });
      invoice.status_transitions.voided_at = at + 2 * hour;
      continue;
    }
    payOrNot(account, customer, null, invoice, { company, month: piece, isLast: piece === 2, today });
    if (invoice.status === 'open' && company.number % 6 === 5) {
      invoice.status = 'uncollectible';
      invoice.status_transitions.marked_uncollectible_at = today - hour;
    }
  }
}

/** Gone since, with its paid invoices left behind. */
function billFormerClient(account: Account, catalogue: Catalogue): void {
  const today = Math.floor(account.world.today / 1000);
  const former = addCustomer(account, {
    name: 'Former Client Ltd',
    email: 'accounts@former-client.example',
    currency: 'gbp',
    at: today - 400 * day,
  });
  billByHand(account, catalogue, former, account.world.company(0), today - 310 * day);
  account.deleteCustomer(former, today - 300 * day);
}
