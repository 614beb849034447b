import { chromium } from 'playwright-core';
import fs from 'fs';
const base='http://localhost:3900';
const pw=/password (\S+)/.exec(fs.readFileSync('/tmp/me-start.log','utf8'))[1];
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const who=process.argv[2]||'priya@harbor.example';
const c=await b.newContext({viewport:{width:1100,height:900}});
const p=await c.newPage();
await p.goto(base+'/sign-in'); await p.fill('input[type=email]',who); await p.fill('input[type=password]',pw); await p.click('main form button'); await p.waitForLoadState();
const paths=process.argv.slice(3);
for (const path of paths){ await p.goto(base+path); const n='/tmp/shot'+path.replace(/[^a-z0-9]+/gi,'_').slice(0,60)+'.png'; await p.screenshot({path:n,fullPage:true}); console.log(n, p.url(), await p.title()); }
await b.close();
