import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkEnabling, splitNames } from '../../../src/features/catalog/enabling/rules.ts';
import { planMarkup, splitPercent } from '../../../src/features/catalog/markup/rules.ts';
import { changesOf, readHeader } from '../../../src/features/catalog/prices/rules.ts';
import {
  decimalsOf,
  parseAmount,
  parseCurrency,
  parsePercent,
  withMarkup,
} from '../../../src/features/catalog/rules.ts';
import { maySetMarkup } from '../../../src/features/organizations/rules.ts';

const minor = fc.integer({ min: 0, max: 2_147_483_647 });
const markup = fc.integer({ min: 0, max: 1_000_000 });

describe('a price with a markup', () => {
  test('is the exact product, rounded to a minor unit, half up', () => {
    fc.assert(
      fc.property(minor, markup, (price, bp) => {
        const exact = BigInt(price) * BigInt(10_000 + bp);
        const [whole, rest] = [exact / 10_000n, exact % 10_000n];
        assert.equal(BigInt(withMarkup(price, bp)), rest * 2n >= 10_000n ? whole + 1n : whole);
      }),
    );
  });

  test('never falls when the markup or the price rises, and is the price without one', () => {
    fc.assert(
      fc.property(minor, markup, (price, bp) => {
        assert.ok(withMarkup(price, bp + 1) >= withMarkup(price, bp));
        assert.ok(withMarkup(price + 1, bp) >= withMarkup(price, bp));
        assert.equal(withMarkup(price, 0), price);
      }),
    );
  });

  for (const [price, bp, expected] of [
    [1822, 500, 1913],
    [1913, 1500, 2200],
    [1, 5000, 2],
    [1, 4999, 1],
    [0, 1_000_000, 0],
  ] as const) {
    test(`${price} with ${bp / 100} % is ${expected}`, () => assert.equal(withMarkup(price, bp), expected));
  }
});

describe('an amount', () => {
  for (const [typed, expected, currency = 'EUR'] of [
    ['22.50', 2250],
    ['22,50', 2250],
    ['22,5', 2250],
    ['22', 2200],
    ['0', 0],
    ['0,005', 5, 'KWD'],
    ['1 234,50', 123_450],
    ['1\u00a0234,50', 123_450],
    ['1\u202f234\u202f567,50', 123_456_750],
    ['1,234.50', 123_450],
    ['1.234,50', 123_450],
    ["1'234.50", 123_450],
    ['1.234.567', 123_456_700],
    ['€22.50', 2250],
    ['22,50 €', 2250],
    ['EUR 22.50', 2250],
    ['22.50 eur', 2250],
    ['1200', 1200, 'JPY'],
    ['1.234', 1234, 'KWD'],
  ] as const) {
    test(`“${typed}” is ${expected} of ${currency}`, () =>
      assert.deepEqual(parseAmount(typed, currency), { value: expected }));
  }

  for (const [typed, problem, currency = 'EUR'] of [
    ['', 'is not an amount'],
    ['ten', 'is not an amount'],
    ['-5', 'is below zero'],
    ['22.50.1', 'is not an amount'],
    ['1,23,456', 'is not an amount'],
    ['.', 'is not an amount'],
    ['5.', 'is not an amount'],
    ['2e3', 'is not an amount'],
    ['22.505', 'can be read in two ways'],
    ['1.234', 'can be read in two ways'],
    ['1,234', 'can be read in two ways'],
    ['0.123', 'has too many decimals'],
    ['1.5', 'has too many decimals', 'JPY'],
    ['22.5000', 'has too many decimals'],
    ['99999999.99', 'is too large'],
  ] as const) {
    test(`“${typed}” of ${currency} ${problem}`, () => {
      const read = parseAmount(typed, currency);
      assert.ok('error' in read && read.error.includes(problem), JSON.stringify(read));
    });
  }

  test('comes back however it is written', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'USD');
    const style = fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'sv-SE', 'de-CH', 'es-ES');
    fc.assert(
      fc.property(minor, currency, style, (amount, code, locale) => {
        const decimals = decimalsOf(code);
        const written = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals }).format(
          amount / 10 ** decimals,
        );
        const read = parseAmount(written, code);
        // Of yen, 1.234 and 1,234 may mean two things.
        if ('error' in read) assert.match(read.error, /two ways/);
        else assert.equal(read.value, amount);
        assert.deepEqual(parseAmount((amount / 10 ** decimals).toFixed(decimals), code), { value: amount });
      }),
    );
  });
});

describe('a percent', () => {
  for (const [typed, bp] of [
    ['15', 1500],
    ['12.5', 1250],
    ['12,5', 1250],
    ['12,05 %', 1205],
    ['0', 0],
    ['10000', 1_000_000],
  ] as const) {
    test(`“${typed}” is ${bp}`, () => assert.deepEqual(parsePercent(typed), { value: bp }));
  }
  for (const [typed, problem] of [
    ['', 'is not a percent'],
    ['much', 'is not a percent'],
    ['-1', 'is not a percent'],
    ['1.234', 'has too many decimals'],
    ['10000.01', 'is too much'],
    ['1e3', 'is not a percent'],
  ] as const) {
    test(`“${typed}” ${problem}`, () => {
      const read = parsePercent(typed);
      assert.ok('error' in read && read.error.includes(problem), JSON.stringify(read));
    });
  }
});

test('a currency has three letters that exist', () => {
  assert.deepEqual(parseCurrency(' eur '), { value: 'EUR' });
  for (const typed of ['euro', 'XYZ', '', '€']) assert.ok('error' in parseCurrency(typed));
});

describe('what is typed when an offering is enabled', () => {
  const needs = {
    name: 'Microsoft O365',
    vendor: 'Microsoft',
    needsMpnId: true,
    needsDomain: true,
    domainSuffix: 'onmicrosoft.com',
  };
  const values = {
    contactName: ' Frida  Berg ',
    contactEmail: 'Frida@Fabrikam.example',
    mpnId: '',
    domain: 'Fabrikam.OnMicrosoft.com',
    migrate: false,
    confirmed: true,
  };
  const check = (change: Partial<typeof values>, isCustomer = true, other: Partial<typeof needs> = {}) =>
    checkEnabling({ ...values, ...change }, { ...needs, ...other }, isCustomer);

  test('is kept as it is stored', () => {
    assert.deepEqual(check({}), {
      kept: {
        contactName: 'Frida Berg',
        contactEmail: 'frida@fabrikam.example',
        mpnId: null,
        domain: 'fabrikam.onmicrosoft.com',
        isMigration: false,
      },
    });
    const store = check({ mpnId: '478 3211', migrate: true, confirmed: false }, false);
    assert.ok('kept' in store);
    assert.deepEqual([store.kept.mpnId, store.kept.domain, store.kept.isMigration], ['4783211', null, false]);
  });

  test('one word is completed to a domain', () => {
    const checked = check({ domain: 'fabrikam' });
    assert.equal('kept' in checked && checked.kept.domain, 'fabrikam.onmicrosoft.com');
  });

  for (const domain of [
    '',
    'fabrikam.com',
    'onmicrosoft.com',
    '.onmicrosoft.com',
    'a.b.onmicrosoft.com',
    '-fabrikam.onmicrosoft.com',
    'fabri kam.onmicrosoft.com',
    'fabrikam.onmicrosoft.com.evil.example',
    'evilonmicrosoft.com',
    'fäbrikam.onmicrosoft.com',
  ]) {
    test(`“${domain}” is not a domain of the offering`, () => {
      const checked = check({ domain });
      assert.ok('errors' in checked);
      assert.match(checked.errors.domain ?? '', /domain name/i);
    });
  }

  for (const [field, change, isCustomer] of [
    ['contactName', { contactName: '  ' }, true],
    ['contactName', { contactName: 'x'.repeat(101) }, true],
    ['contactEmail', { contactEmail: '' }, true],
    ['contactEmail', { contactEmail: 'frida at fabrikam' }, true],
    ['confirmed', { confirmed: false }, true],
    ['mpnId', { mpnId: '' }, false],
    ['mpnId', { mpnId: '12ab5' }, false],
    ['mpnId', { mpnId: '123' }, false],
  ] as const) {
    test(`${JSON.stringify(change).slice(0, 40)}: ${field} has its sentence, and it alone`, () => {
      const checked = check(change, isCustomer);
      assert.ok('errors' in checked);
      const wrong = Object.entries(checked.errors).filter(([, error]) => error !== undefined);
      assert.deepEqual(
        wrong.map(([name]) => name),
        [field],
      );
    });
  }

  test('what the offering does not need is not asked', () => {
    assert.ok('kept' in check({ domain: '' }, true, { needsDomain: false }));
    assert.ok('kept' in check({ mpnId: '', confirmed: false }, false, { needsMpnId: false }));
  });

  test('the offering is what most words name, before the organization or after it', () => {
    const offerings = [{ name: 'Microsoft O365' }, { name: 'Webex' }, { name: 'Webex Calling' }];
    const split = (text: string) => {
      const [likeliest] = splitNames(text.split(' '), offerings);
      return likeliest && [likeliest.offerings.map(({ name }) => name), likeliest.organization];
    };
    assert.deepEqual(split('microsoft o365 contoso'), [['Microsoft O365'], 'contoso']);
    assert.deepEqual(split('O365 Northwind Partners'), [['Microsoft O365'], 'Northwind Partners']);
    assert.deepEqual(split('webex contoso'), [['Webex'], 'contoso']);
    assert.deepEqual(split('webex calling'), [['Webex Calling'], '']);
    assert.deepEqual(split('web'), [['Webex', 'Webex Calling'], '']);
    assert.deepEqual(split('contoso microsoft o365'), [['Microsoft O365'], 'contoso']);
    assert.deepEqual(split('Northwind Partners web'), [['Webex', 'Webex Calling'], 'Northwind Partners']);
    assert.deepEqual(split('o365 webex'), [['Webex'], 'o365'], 'a whole name before a part');
    assert.equal(split('zoom contoso'), undefined);
    assert.deepEqual(
      splitNames(['webex', 'calling'], offerings).map(({ organization }) => organization),
      ['', '', 'calling', 'calling', 'webex'],
    );
  });
});

describe('the header of a price list', () => {
  test('is known by several names, in any case and order', () => {
    const header = readHeader(['currency', 'LIST PRICE', ' product code ', 'Colour', '', 'Product Group']);
    assert.deepEqual(header, {
      kind: 'columns',
      columns: { currency: 0, price: 1, sku: 2, group: 5 },
      leftOut: ['Colour'],
    });
  });

  test('needs SKU and price, each once', () => {
    assert.deepEqual(readHeader(['Product']), { kind: 'missing', titles: ['SKU', 'Price'] });
    assert.deepEqual(readHeader(['SKU', 'Price', 'Amount']), { kind: 'twice', title: 'Amount' });
  });
});

test('the largest changes come first, in relation to what they were', () => {
  const row = (sku: string, before: number | undefined, after: number) => ({
    before,
    wanted: { sku, minor: after } as Parameters<typeof changesOf>[0][number]['wanted'],
  });
  const { up, down, same, added, largest } = changesOf([
    row('a', 1000, 1100),
    row('b', 10, 20),
    row('c', 1000, 100),
    row('d', 5, 5),
    row('e', undefined, 7),
    row('f', 0, 1),
  ]);
  assert.deepEqual([up, down, same, added.length], [3, 1, 1, 1]);
  assert.deepEqual(
    largest.map(({ wanted }) => wanted.sku),
    ['f', 'b', 'c', 'a'],
  );
});

describe('a markup and the subscriptions that run', () => {
  const one = {
    id: 1,
    quantity: 10,
    currency: 'EUR',
    priceMinor: 199,
    purchaseMinor: 173,
    markupBp: null,
  };

  test('changes the price of those that follow the customer, and adds up a month', () => {
    const plan = planMarkup(
      [
        one,
        { ...one, id: 2, markupBp: 800 },
        { ...one, id: 3, purchaseMinor: null },
        { ...one, id: 4, currency: 'USD', quantity: 1 },
      ],
      2000,
    );
    assert.deepEqual(plan, {
      prices: [
        { id: 1, price: 208, purchase: 173 },
        { id: 4, price: 208, purchase: 173 },
      ],
      changed: 2,
      own: 1,
      unknown: 1,
      totals: [
        { currency: 'EUR', before: 5970, after: 6060 },
        { currency: 'USD', before: 199, after: 208 },
      ],
    });
  });

  test('of one subscription changes that one, also with a markup of its own', () => {
    const plan = planMarkup([one, { ...one, id: 2, markupBp: 800 }], 0, 2);
    assert.deepEqual(plan !== 'too large' && plan.prices, [{ id: 2, price: 173, purchase: 173 }]);
  });

  test('is refused where a price would not fit', () => {
    assert.equal(planMarkup([{ ...one, purchaseMinor: 2_000_000_000 }], 5000), 'too large');
  });

  test('is set by the provider for its own, by a reseller for its customers', () => {
    const member = (role: 'provider admin' | 'account manager' | 'reseller admin', id: number) => ({
      role,
      organization: { id, kind: role === 'reseller admin' ? 'reseller' : 'provider', name: '' } as const,
    });
    const ofReseller = { kind: 'customer', parentId: 2, parentKind: 'reseller' } as const;
    const direct = { kind: 'customer', parentId: 1, parentKind: 'provider' } as const;
    const reseller = { kind: 'reseller', parentId: 1, parentKind: 'provider' } as const;
    const may = (who: Parameters<typeof maySetMarkup>[0]) =>
      [ofReseller, direct, reseller].map((of) => maySetMarkup(who, of));
    assert.deepEqual(may(member('provider admin', 1)), [true, true, true]);
    assert.deepEqual(may(member('account manager', 1)), [false, true, false]);
    assert.deepEqual(may(member('reseller admin', 2)), [true, false, false]);
    assert.deepEqual(may(member('reseller admin', 3)), [false, false, false]);
  });

  test('words end with the percent', () => {
    const split = (text: string) => splitPercent(text.split(' '));
    assert.deepEqual(split('Contoso 12.5'), { of: 'Contoso', percent: '12.5' });
    assert.deepEqual(split('Northwind Partners 12,5 %'), { of: 'Northwind Partners', percent: '12,5' });
    assert.deepEqual(split('10023/1 default'), { of: '10023/1', percent: 'default' });
    assert.deepEqual(split('10023/1'), { of: '10023/1', percent: '' });
    assert.deepEqual(split('Contoso -5'), { of: 'Contoso', percent: '-5' });
    assert.deepEqual(split('Contoso'), { of: 'Contoso', percent: '' });
  });
});
