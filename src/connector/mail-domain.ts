/** Which company an e-mail address speaks for. Pure. */

/**
 * Mailboxes anybody can have: two people there have nothing in common. The largest ones; a smaller one does no harm,
 * because a company would have to give it as its own website.
 */
const free = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.com ' +
    'live.co.uk live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.ca ymail.com ' +
    'rocketmail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de ' +
    'mail.com mail.ru yandex.com yandex.ru proton.me protonmail.com pm.me tutanota.com tuta.io zoho.com fastmail.com ' +
    'hey.com orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it btinternet.com sky.com virginmedia.com ' +
    'comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net shaw.ca rogers.com sympatico.ca ' +
    'bigpond.com optusnet.com.au xtra.co.nz qq.com 163.com 126.com sina.com naver.com daum.net rediffmail.com uol.com.br'
  ).split(' '),
);

/** The lower-case domain of an address; null for none, and for domains of free mailboxes. */
export function companyDomain(email: string | null | undefined): string | null {
  const domain = /^[^\s@]+@([^\s@]+\.[^\s@]+)$/.exec(email?.trim().toLowerCase() ?? '')?.[1];
  return domain === undefined || free.has(domain) ? null : domain;
}
