import { describe, expect, it } from '@jest/globals';
import { troubleWith } from '../../../src/platform/http/guarded/guarded-fetch.js';
import { isPublicAddress } from '../../../src/platform/http/guarded/public-addresses.js';

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:82b::200e',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['unspecified', '0.0.0.0'],
    ['of this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback too', '127.255.255.254'],
    ['private', '10.0.0.1'],
    ['private too', '172.16.0.1'],
    ['still private', '172.31.255.255'],
    ['at home', '192.168.1.1'],
    ['behind a carrier', '100.64.0.1'],
    ['still behind a carrier', '100.127.255.255'],
    ['for metadata', '169.254.169.254'],
    ['of a cloud host', '168.63.129.16'],
    ['for protocols', '192.0.0.8'],
    ['for documents', '192.0.2.1'],
    ['for documents too', '198.51.100.1'],
    ['for documents as well', '203.0.113.1'],
    ['of a 6to4 relay', '192.88.99.1'],
    ['for benchmarks', '198.18.0.1'],
    ['still for benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['IPv4 in IPv6, in hexadecimal', '::ffff:7f00:1'],
    ['public IPv4 in IPv6', '::ffff:1.1.1.1'],
    ['IPv4 in IPv6 of old', '::127.0.0.1'],
    ['translated', '64:ff9b::a00:1'],
    ['translated locally', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['for documents', '2001:db8::1'],
    ['for documents too', '3fff::1'],
    ['for benchmarks', '2001:2::1'],
    ['local and unique', 'fd00::1'],
    ['metadata over IPv6', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['on one link', 'fe80::1%eth0'],
    ['public but on one link', '2606:4700::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['not given out', '4000::1'],
    ['discarded', '100::1'],
    ['none at all', 'localhost'],
    ['empty', ''],
  ])('is none that is %s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('an address that is not even tried', () => {
  it.each([
    ['malformed', ''],
    ['malformed', 'calendar'],
    ['malformed', '//calendar.example/x.ics'],
    ['malformed', 'https://'],
    ['not_https', 'http://calendar.example/x.ics'],
    ['not_https', 'webcal://calendar.example/x.ics'],
    ['not_https', 'file:///etc/passwd'],
    ['not_https', 'ftp://calendar.example/x.ics'],
    ['not_https', 'data:text/calendar,BEGIN:VCALENDAR'],
    ['has_credentials', 'https://user:pass@calendar.example/x.ics'],
    ['has_credentials', 'https://user@calendar.example/x.ics'],
    ['has_credentials', 'https://:pass@calendar.example/x.ics'],
    ['other_port', 'https://calendar.example:8443/x.ics'],
    ['other_port', 'https://calendar.example:22/x.ics'],
    ['no_public_host', 'https://127.0.0.1/x.ics'],
    ['no_public_host', 'https://127.1/x.ics'],
    ['no_public_host', 'https://0/x.ics'],
    ['no_public_host', 'https://2130706433/x.ics'],
    ['no_public_host', 'https://0x7f000001/x.ics'],
    ['no_public_host', 'https://0x7f.0.0.1/x.ics'],
    ['no_public_host', 'https://0177.0.0.1/x.ics'],
    ['no_public_host', 'https://017700000001/x.ics'],
    ['no_public_host', 'https://10.1/x.ics'],
    ['no_public_host', 'https://192.168.257/x.ics'],
    ['no_public_host', 'https://169.254.169.254/latest/meta-data'],
    ['no_public_host', 'https://2852039166/latest/meta-data'],
    ['no_public_host', 'https://127.0.0.1./x.ics'],
    ['no_public_host', 'https://１２７.0.0.1/x.ics'],
    ['no_public_host', 'https://%31%32%37.0.0.1/x.ics'],
    ['no_public_host', 'https://[::1]/x.ics'],
    ['no_public_host', 'https://[::]/x.ics'],
    ['no_public_host', 'https://[::ffff:127.0.0.1]/x.ics'],
    ['no_public_host', 'https://[::ffff:7f00:1]/x.ics'],
    ['no_public_host', 'https://[0:0:0:0:0:ffff:a9fe:a9fe]/x.ics'],
    ['no_public_host', 'https://[64:ff9b::7f00:1]/x.ics'],
    ['no_public_host', 'https://[fd00::1]/x.ics'],
  ])('is one that is %s: %s', (trouble, address) => {
    expect(troubleWith(address)).toBe(trouble);
  });

  it.each(['https://calendar.example/x.ics', 'HTTPS://Calendar.Example:443/x.ics?a=b#c'])(
    'is not %s',
    (address) => {
      expect(troubleWith(address)).toBeNull();
    },
  );
});
