import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { test } from 'node:test';
import { FRAGMENT_BYTES, UploadFailed, upload } from '../../../src/edges/teams/files/upload.ts';
import { openOneDrive } from './onedrive.ts';

const bytes = Buffer.from('alice@contoso.example,2,done');

test('a large file goes up in parts that OneDrive takes', async (t) => {
  const drive = await openOneDrive(t);
  const large = Buffer.alloc(FRAGMENT_BYTES + 5, 'a');

  await upload({ url: drive.session('a'), bytes: large, local: true });

  assert.equal(FRAGMENT_BYTES % (320 * 1024), 0);
  assert.deepEqual(
    drive.puts.map(({ range }) => range),
    [
      `bytes 0-${FRAGMENT_BYTES - 1}/${FRAGMENT_BYTES + 5}`,
      `bytes ${FRAGMENT_BYTES}-${FRAGMENT_BYTES + 4}/${FRAGMENT_BYTES + 5}`,
    ],
  );
  assert.ok(drive.files[0]?.equals(large));
});

test('an upload that is sent again to the same session is refused', async (t) => {
  const drive = await openOneDrive(t);
  const url = drive.session('a');
  await upload({ url, bytes, local: true });

  await assert.rejects(upload({ url, bytes, local: true }), new UploadFailed('OneDrive answered with 404'));

  assert.equal(drive.files.length, 1);
});

test('an empty file is not sent', async (t) => {
  const drive = await openOneDrive(t);

  await assert.rejects(
    upload({ url: drive.session('a'), bytes: Buffer.alloc(0), local: true }),
    UploadFailed,
  );

  assert.deepEqual(drive.puts, []);
});

const foreign = [
  'http://contoso-my.sharepoint.com/upload',
  'https://contoso-my.sharepoint.com:8443/upload',
  'https://user@contoso-my.sharepoint.com/upload',
  'https://contoso-my.sharepoint.com@127.0.0.1/upload',
  'https://contoso-my.sharepoint.com.evil.example/upload',
  'https://evilsharepoint.com/upload',
  'https://127.0.0.1/upload',
  'https://10.0.0.8/upload',
  'https://[::ffff:127.0.0.1]/upload',
  'https://169.254.169.254/latest/meta-data',
  'https://smba.trafficmanager.net/upload',
  'file:///etc/passwd',
  '//contoso-my.sharepoint.com/upload',
  '',
];

test('nothing is uploaded but to SharePoint', async () => {
  const resolve: LookupFunction = (host) => assert.fail(`looked up ${host}`);
  for (const url of foreign) {
    await assert.rejects(
      upload({ url, bytes, local: false, resolve }),
      new UploadFailed('the link does not lead to OneDrive or SharePoint'),
      url,
    );
  }
});

test('a name of SharePoint that leads into a private net gets nothing', async () => {
  for (const address of ['127.0.0.1', '10.0.0.8', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.8']) {
    const family = address.includes(':') ? 6 : 4;
    const resolve: LookupFunction = (_, { all }, done) =>
      all ? done(null, [{ address, family }]) : done(null, address, family);
    const url = 'https://contoso-my.sharepoint.com/upload';
    await assert.rejects(upload({ url, bytes, local: false, resolve }), {
      message: `contoso-my.sharepoint.com leads to ${address}`,
    });
  }
});
