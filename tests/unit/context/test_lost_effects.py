"""What code does beside its values, which a rewriting has no more."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAVE = """def save(rows, names):
    done = 0
    with lock:
        for row in rows:
            store.put(row)
            done = done + 1
    audit(names)
    store.commit()
    log.info(done)
    return done
"""
OTHER = [
    ('python', SAVE, SAVE.replace("    store.commit()\n", ""), "`store.commit()`"),
    ('python', SAVE, SAVE.replace("    audit(names)\n", ""), "`audit(names)`"),
    ('python', SAVE, SAVE.replace("            store.put(row)\n", ""), "`store.put(row)`"),
    ('python', SAVE, SAVE.replace("        for row in rows:\n            store.put(row)\n            done = done + 1\n", "        done = len(rows)\n"), "`store.put(row)`"),
    ('python', SAVE, SAVE.replace("    with lock:\n        for row in rows:\n            store.put(row)\n            done = done + 1\n", "    for row in rows:\n        store.put(row)\n    done = len(rows)\n"), "`with lock`"),
    ('python', SAVE, "def put(row):\n    store.put(row)\n\n\n" + SAVE.replace("            store.put(row)\n", ""), "`store.put(row)`"),
    ('python', SAVE, SAVE.replace("    log.info(done)\n", "    # log.info(done) told what was done\n"), "`log.info(done)`"),
    ('python', 'def f(self, a):\n    self.n = a\n    self.m = a\n    return a\n', 'def f(self, a):\n    self.m = a\n    return a\n', "`self.n = a`"),
    ('python', 'def f(c, k, t):\n    c.n[k] = t\n    return t\n', 'def f(c, k, t):\n    return t\n', "`c.n[k] = t`"),
    ('python', 'def f(c, k):\n    del c[k]\n    return k\n', 'def f(c, k):\n    return k\n', "`del c[k]`"),
    ('python', 'def f(xs):\n    for x in xs:\n        g(x)\n        yield x\n', 'def f(xs):\n    for x in xs:\n        g(x)\n', "`yield x`"),
    ('python', 'async def f(s):\n    await s.put(1)\n    return 1\n', 'async def f(s):\n    return 1\n', "`await s.put(1)`"),
    ('python', 'async def f(s):\n    await s.put(1)\n    return 1\n', 'async def f(s):\n    s.put(1)\n    return 1\n', "`await s.put(1)`"),
    ('python', 'class A:\n    def f(self):\n        self.g()\n        self.n = 1\n\n    def h(self):\n        self.g()\n', 'class A:\n    def f(self):\n        self.n = 1\n\n    def h(self):\n        self.g()\n', "`self.g()`"),
    ('python', 'def f(a):\n    a.append(1)\n    return len(a)\n', 'def f(a):\n    return len(a) + 1\n', "`a.append(1)`"),
    ('python', 'setup()\nrun()\nX = 1\n', 'run()\nX = 2\n', "`setup()`"),
    ('typescript', 'function f(a: A) { a.b(1); this.x = 1; return 2; }\n', 'function f(a: A) { this.x = 1; return 2; }\n', "`a.b(1)`"),
    ('typescript', 'class B { f(a: A) { this.x = 1; this.y = 2; } }\n', 'class B { f(a: A) { this.y = 2; } }\n', "`this.x = 1`"),
    ('typescript', 'async function f(a: A) { await a.b(); await a.c(); }\n', 'async function f(a: A) { await a.b(); }\n', "`await a.c()`"),
    ('typescript', 'async function f(a: A) { await a.b(); return 1; }\n', 'async function f(a: A) { a.b(); return 1; }\n', "`await a.b()`"),
    ('typescript', 'function f(xs: A[]) { xs.forEach((x) => store.put(x)); return xs.length; }\n', 'function f(xs: A[]) { return xs.length; }\n', "`store.put(x)`"),
    ('typescript', 'const f = (a: A) => { a.b(); return 1; };\nconst g = (a: A) => { a.b(); return 2; };\n', 'const f = (a: A) => { a.b(); return 1; };\nconst g = (a: A) => 2;\n', "`a.b()`"),
    ('javascript', 'function f(d, k) { delete d[k]; d.n++; return d; }\n', 'function f(d, k) { d.n++; return d; }\n', "`delete d[k]`"),
    ('javascript', 'function f(d, k) { ok(k) && g(k); return d; }\n', 'function f(d, k) { return d; }\n', "`ok(k) && g(k)`"),
    ('go', 'package p\nfunc f(c *C) int {\n\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n\treturn c.n\n}\n', 'package p\nfunc f(c *C) int {\n\treturn c.n\n}\n', "`c.mu.Lock()`"),
    ('go', 'package p\nfunc f(c *C) int {\n\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n\treturn c.n\n}\n', 'package p\nfunc f(c *C) int {\n\tc.mu.Lock()\n\treturn c.n\n}\n', "`defer c.mu.Unlock()`"),
    ('go', 'package p\nfunc f(c *C) int {\n\tgo g(c)\n\treturn c.n\n}\n', 'package p\nfunc f(c *C) int {\n\tg(c)\n\treturn c.n\n}\n', "`go g(c)`"),
    ('go', 'package p\nfunc f(c *C, k string) int {\n\tc.n[k] = 1\n\tc.m++\n\treturn 1\n}\n', 'package p\nfunc f(c *C, k string) int {\n\tc.m++\n\treturn 1\n}\n', "`c.n[k] = 1`"),
    ('go', 'package p\nfunc f(c chan int) int {\n\tc <- 1\n\treturn 1\n}\n', 'package p\nfunc f(c chan int) int {\n\treturn 1\n}\n', "`c <- 1`"),
    ('go', 'package p\nfunc f(c *C) int {\n\t_ = c.Save()\n\treturn 1\n}\n', 'package p\nfunc f(c *C) int {\n\treturn 1\n}\n', "`_ = c.Save()`"),
    ('rust', 'fn f(&self) -> i32 {\n    let _guard = self.m.lock().unwrap();\n    self.n()\n}\n', 'fn f(&self) -> i32 {\n    self.n()\n}\n', "`let _guard = self.m.lock().unwrap()`"),
    ('rust', 'fn f(s: &mut S) -> i32 {\n    s.put(1);\n    s.n = 2;\n    3\n}\n', 'fn f(s: &mut S) -> i32 {\n    s.n = 2;\n    3\n}\n', "`s.put(1)`"),
    ('rust', 'fn f(s: &mut S) -> i32 {\n    s.put(1);\n    s.n = 2;\n    3\n}\n', 'fn f(s: &mut S) -> i32 {\n    s.put(1);\n    3\n}\n', "`s.n = 2`"),
    ('rust', 'fn f(s: &mut S) -> R {\n    s.put(1)?;\n    s.done()?;\n    Ok(3)\n}\n', 'fn f(s: &mut S) -> R {\n    s.put(1)?;\n    Ok(3)\n}\n', "`s.done()?`"),
    ('rust', 'fn f(s: &S) -> i32 {\n    println!("a {}", s);\n    3\n}\n', 'fn f(s: &S) -> i32 {\n    3\n}\n', "`println!("),
    ('java', 'class A { int f() { synchronized (this) { this.n = 1; } return 2; } }\n', 'class A { int f() { this.n = 1; return 2; } }\n', "`synchronized (this)`"),
    ('java', 'class A { int f(B b) { b.save(); b.close(); return 2; } }\n', 'class A { int f(B b) { b.close(); return 2; } }\n', "`b.save()`"),
    ('csharp', 'class A { int f(B b) { lock (b) { b.Save(); } return 2; } }\n', 'class A { int f(B b) { b.Save(); return 2; } }\n', "`lock (b)`"),
    ('csharp', 'class A { int f(B b) { using (var t = b.Begin()) { b.Save(); } return 2; } }\n', 'class A { int f(B b) { b.Save(); return 2; } }\n', "`using (var t = b.Begin())`"),
    ('csharp', 'class A { async Task f(B b) { await b.Save(); b.Name = 1; } }\n', 'class A { async Task f(B b) { await b.Save(); } }\n', "`b.Name = 1`"),
    ('kotlin', 'fun f(b: B): Int {\n    lock.withLock { b.save() }\n    return 1\n}\n', 'fun f(b: B): Int {\n    b.save()\n    return 1\n}\n', "`lock.withLock"),
    ('kotlin', 'fun f(b: B): Int {\n    b.save()\n    b.n = 2\n    return 1\n}\n', 'fun f(b: B): Int {\n    b.save()\n    return 1\n}\n', "`b.n = 2`"),
    ('swift', 'func f(b: B) -> Int {\n  lock.lock()\n  b.save()\n  return 1\n}\n', 'func f(b: B) -> Int {\n  b.save()\n  return 1\n}\n', "`lock.lock()`"),
    ('swift', 'func f(b: B) -> Int {\n  b.n = 2\n  b.save()\n  return 1\n}\n', 'func f(b: B) -> Int {\n  b.save()\n  return 1\n}\n', "`b.n = 2`"),
    ('ruby', 'def f(b)\n  b.save(1)\n  b.n = 2\n  3\nend\n', 'def f(b)\n  b.n = 2\n  3\nend\n', "`b.save(1)`"),
    ('ruby', 'def f(b)\n  @lock.synchronize do\n    b.save(1)\n  end\n  3\nend\n', 'def f(b)\n  b.save(1)\n  3\nend\n', "`@lock.synchronize do"),
    ('ruby', 'def f(b)\n  @n = 2\n  b.save(1)\n  3\nend\n', 'def f(b)\n  b.save(1)\n  3\nend\n', "`@n = 2`"),
    ('php', '<?php function f($b) { $b->save(); $this->n = 1; return 2; }\n', '<?php function f($b) { $this->n = 1; return 2; }\n', "`$b->save()`"),
    ('php', '<?php function f($b) { $b->save(); $this->n = 1; return 2; }\n', '<?php function f($b) { $b->save(); return 2; }\n', "`$this->n = 1`"),
    ('lua', 'function f(b)\n  b:save()\n  b.n = 2\n  return 1\nend\n', 'function f(b)\n  b.n = 2\n  return 1\nend\n', "`b:save()`"),
    ('lua', 'function f(b)\n  b:save()\n  b.n = 2\n  return 1\nend\n', 'function f(b)\n  b:save()\n  return 1\nend\n', "`b.n = 2`"),
    ('c', 'int f(P *p) {\n  lock(&p->m);\n  p->n = 1;\n  return 2;\n}\n', 'int f(P *p) {\n  p->n = 1;\n  return 2;\n}\n', "`lock(&p->m)`"),
    ('c', 'int f(P *p) {\n  lock(&p->m);\n  p->n = 1;\n  return 2;\n}\n', 'int f(P *p) {\n  lock(&p->m);\n  return 2;\n}\n', "`p->n = 1`"),
    ('cpp', 'int f(P *p) {\n  std::lock_guard<std::mutex> guard(p->m);\n  p->n = 1;\n  return 2;\n}\n', 'int f(P *p) {\n  p->n = 1;\n  return 2;\n}\n', "`std::lock_guard<std::mutex> guard(p->m)`"),
    ('shellscript', 'f() {\n  sync_all "$1"\n  rm -rf "$1"\n  echo done\n}\n', 'f() {\n  rm -rf "$1"\n  echo done\n}\n', "`sync_all \"$1\"`"),
]  # fmt: skip
SAME = [
    ('python', 'def f(xs):\n    r = []\n    for x in xs:\n        r.append(x.n)\n    return r\n', 'def f(xs):\n    return [x.n for x in xs]\n'),
    ('python', 'def f(self, xs):\n    self.r = []\n    for x in xs:\n        self.r.append(x.n)\n', 'def f(self, xs):\n    self.r = [x.n for x in xs]\n'),
    ('python', 'def f(s, xs):\n    for x in xs:\n        s.put(x)\n', 'def f(s, xs):\n    s.put_all(xs)\n'),
    ('python', 'def f(d, xs):\n    for k, v in xs:\n        d[k] = v\n', 'def f(d, xs):\n    d.update(xs)\n'),
    ('python', 'def f(d, k, x):\n    if k not in d:\n        d[k] = []\n    d[k].append(x)\n', 'def f(d, k, x):\n    d.setdefault(k, []).append(x)\n'),
    ('python', 'def f(self, a, b):\n    self.a = a\n    self.b = b\n', 'def f(self, a, b):\n    self.a, self.b = a, b\n'),
    ('python', 'def f(n, m):\n    u = User()\n    u.name = n\n    u.mail = m\n    return u\n', 'def f(n, m):\n    return User(name=n, mail=m)\n'),
    ('python', SAVE, SAVE.replace("    audit(names)\n    store.commit()\n    log.info(done)\n", "    _finish(names, done)\n") + "\n\ndef _finish(names, done):\n    audit(names)\n    store.commit()\n    log.info(done)\n"),
    ('python', 'def _add(t, x):\n    t.put(x)\n\n\ndef f(t, x):\n    _add(t, x)\n    return x\n', 'def f(t, x):\n    t.put(x)\n    return x\n'),
    ('python', 'def _add(t, x):\n    t.put(x)\n\n\ndef f(t, x):\n    _add(t, x)\n    return x\n', 'def _add(t, x):\n    t.put(x)\n\n\ndef f(t, x):\n    t.put(x)\n    return x\n'),
    ('python', 'def _add(t, x):\n    t.put(x)\n\n\ndef f(t, x):\n    t.put(x)\n    return x\n', 'def _add(t, x):\n    t.put(x)\n\n\ndef f(t, x):\n    _add(t, x)\n    return x\n'),
    ('python', 'def f(a):\n    if a:\n        log("x")\n        g()\n    else:\n        log("y")\n        g()\n', 'def f(a):\n    log("x" if a else "y")\n    g()\n'),
    ('python', 'def f(a):\n    print("x")\n    print("y")\n    return a\n', 'def f(a):\n    print("x\\ny")\n    return a\n'),
    ('python', 'def f(a):\n    sys.stdout.write("x\\n")\n    return a\n', 'def f(a):\n    print("x")\n    return a\n'),
    ('python', 'def f(a, b):\n    g(a)\n    g(b)\n', 'def f(a, b):\n    for x in (a, b):\n        g(x)\n'),
    ('python', 'def f(xs, y):\n    for x in xs:\n        g(x)\n    g(y)\n', 'def f(xs, y):\n    for x in (*xs, y):\n        g(x)\n'),
    ('python', 'def f(xs):\n    for x in xs:\n        yield x\n', 'def f(xs):\n    yield from xs\n'),
    ('python', 'def f(xs):\n    for x in xs:\n        yield x.n\n', 'def f(xs):\n    return (x.n for x in xs)\n'),
    ('python', 'def f(a):\n    lock.acquire()\n    try:\n        g(a)\n    finally:\n        lock.release()\n', 'def f(a):\n    with lock:\n        g(a)\n'),
    ('python', 'def f(p):\n    with open(p) as file:\n        text = file.read()\n    return text\n', 'def f(p):\n    return Path(p).read_text()\n'),
    ('python', 'def f(p):\n    with a:\n        with b:\n            g(p)\n', 'def f(p):\n    with a, b:\n        g(p)\n'),
    ('python', 'def f(d, k):\n    with suppress(KeyError):\n        del d[k]\n', 'def f(d, k):\n    d.pop(k, None)\n'),
    ('python', 'def f(d, k):\n    if k in d:\n        del d[k]\n', 'def f(d, k):\n    d.pop(k, None)\n'),
    ('python', 'def f(p):\n    file = open(p)\n    text = file.read()\n    file.close()\n    return text\n', 'def f(p):\n    return Path(p).read_text()\n'),
    ('python', 'def f(xs):\n    ys = list(xs)\n    ys.sort()\n    ys.reverse()\n    return ys\n', 'def f(xs):\n    return sorted(xs, reverse=True)\n'),
    ('python', 'async def f(a, b):\n    await g(a)\n    await g(b)\n', 'async def f(a, b):\n    await asyncio.gather(g(a), g(b))\n'),
    ('python', 'def f(self, a):\n    self.assertTrue(a == 1)\n', 'def f(self, a):\n    self.assertEqual(a, 1)\n'),
    ('python', 'def f(m, n):\n    g = make(n)\n    for i in range(n):\n        for j in range(m):\n            g.set(i, j)\n', 'def f(m, n):\n    g = make(n)\n    for i, j in product(range(n), range(m)):\n        g.set(i, j)\n'),
    ('python', 'class A:\n    def __init__(self, a, b):\n        self.a = a\n        self.b = b\n\n    def n(self):\n        return self.a + self.b\n', '@dataclass\nclass A:\n    a: int\n    b: int\n\n    def n(self):\n        return self.a + self.b\n'),
    ('python', 'def f(a):\n    g(a)\n    if a:\n        g(a)\n    return a\n', 'def f(a):\n    for _ in range(1 + bool(a)):\n        g(a)\n    return a\n'),
    ('typescript', 'function f(xs: A[]) { xs.forEach((x) => { g(x); }); }\n', 'function f(xs: A[]) { for (const x of xs) { g(x); } }\n'),
    ('typescript', 'function f(xs: A[]) { for (const x of xs) { g(x); } }\n', 'function f(xs: A[]) { xs.forEach(g); }\n'),
    ('typescript', 'function f(xs: A[]) { for (const x of xs) { s.put(x); } }\n', 'function f(xs: A[]) { xs.forEach((x) => s.put(x)); }\n'),
    ('typescript', 'function f(n: string) { const o: O = {}; o.a = n; o.b = 1; return o; }\n', 'function f(n: string) { return { a: n, b: 1 }; }\n'),
    ('typescript', 'function f(o: O, n: string) { o.a = n; o.b = 1; }\n', 'function f(o: O, n: string) { Object.assign(o, { a: n, b: 1 }); }\n'),
    ('typescript', 'class A { private x: X; constructor(x: X) { this.x = x; } }\n', 'class A { constructor(private x: X) {} }\n'),
    ('typescript', 'class A { n: number; constructor() { this.n = 0; g(); } }\n', 'class A { n = 0; constructor() { g(); } }\n'),
    ('typescript', 'async function f() { await a(); await b(); }\n', 'async function f() { await Promise.all([a(), b()]); }\n'),
    ('typescript', 'function f() { return a().then((x) => { g(x); return x; }); }\n', 'async function f() { const x = await a(); g(x); return x; }\n'),
    ('typescript', 'async function f() { if (q) { await a(); return; } await b(); }\n', 'async function f() { return q ? a() : b(); }\n'),
    ('typescript', 'function f(m: Map<K, V>, xs: P[]) { for (const [k, v] of xs) { m.set(k, v); } }\n', 'function f(m: Map<K, V>, xs: P[]) { xs.forEach(([k, v]) => m.set(k, v)); }\n'),
    ('typescript', 'function f(xs: number[]) { const ys = [...xs]; ys.sort(); return ys; }\n', 'function f(xs: number[]) { return xs.toSorted(); }\n'),
    ('javascript', 'function f(a, cb) { g(a, function (e) { if (e) { cb(e); } else { cb(null); } }); }\n', 'function f(a, cb) { g(a, (e) => cb(e ?? null)); }\n'),
    ('javascript', 'function f(a) { return new Promise(function (resolve) { setTimeout(function () { resolve(a); }, 1); }); }\n', 'async function f(a) { await setTimeout(1); return a; }\n'),
    ('go', 'package p\nfunc f(c *C) int {\n\tc.mu.Lock()\n\tn := c.n\n\tc.mu.Unlock()\n\treturn n\n}\n', 'package p\nfunc f(c *C) int {\n\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n\treturn c.n\n}\n'),
    ('go', 'package p\nfunc f(a, b []int) {\n\tfor i := range a {\n\t\tb[i] = a[i]\n\t}\n}\n', 'package p\nfunc f(a, b []int) {\n\tcopy(b, a)\n}\n'),
    ('go', 'package p\nfunc f(c *C) {\n\tc.n = c.n + 1\n}\n', 'package p\nfunc f(c *C) {\n\tc.n++\n}\n'),
    ('go', 'package p\nfunc f(a []string) string {\n\tvar sb strings.Builder\n\tfor _, s := range a {\n\t\tsb.WriteString(s)\n\t}\n\treturn sb.String()\n}\n', 'package p\nfunc f(a []string) string {\n\treturn strings.Join(a, "")\n}\n'),
    ('go', 'package p\nfunc f(a []int) map[int]bool {\n\tm := make(map[int]bool)\n\tfor _, x := range a {\n\t\tm[x] = true\n\t}\n\treturn m\n}\n', 'package p\nfunc f(a []int) map[int]bool {\n\treturn toSet(a)\n}\n'),
    ('go', 'package p\nfunc f(a int) {\n\tfmt.Println(fmt.Sprintf("%d", a))\n}\n', 'package p\nfunc f(a int) {\n\tfmt.Printf("%d\\n", a)\n}\n'),
    ('go', 'package p\nfunc f(a []T) {\n\tvar wg sync.WaitGroup\n\tfor _, x := range a {\n\t\twg.Add(1)\n\t\tgo func() {\n\t\t\tdefer wg.Done()\n\t\t\tg(x)\n\t\t}()\n\t}\n\twg.Wait()\n}\n', 'package p\nfunc f(a []T) {\n\tvar wg sync.WaitGroup\n\tfor _, x := range a {\n\t\twg.Go(func() { g(x) })\n\t}\n\twg.Wait()\n}\n'),
    ('rust', 'fn f(n: String) -> U {\n    let mut u = U::default();\n    u.name = n;\n    u\n}\n', 'fn f(n: String) -> U {\n    U { name: n, ..U::default() }\n}\n'),
    ('rust', 'fn f(xs: &[T], out: &mut Vec<i32>) {\n    for x in xs {\n        out.push(x.n);\n    }\n}\n', 'fn f(xs: &[T], out: &mut Vec<i32>) {\n    out.extend(xs.iter().map(|x| x.n));\n}\n'),
    ('rust', 'fn f(a: &mut [i32], i: usize, j: usize) {\n    let t = a[i];\n    a[i] = a[j];\n    a[j] = t;\n}\n', 'fn f(a: &mut [i32], i: usize, j: usize) {\n    a.swap(i, j);\n}\n'),
    ('rust', 'fn f(m: &mut HashMap<K, i32>, k: K) {\n    if let Some(n) = m.get_mut(&k) {\n        *n += 1;\n    } else {\n        m.insert(k, 1);\n    }\n}\n', 'fn f(m: &mut HashMap<K, i32>, k: K) {\n    *m.entry(k).or_insert(0) += 1;\n}\n'),
    ('java', 'class A { String f(List<String> a) { StringBuilder b = new StringBuilder(); for (String s : a) { b.append(s); } return b.toString(); } }\n', 'class A { String f(List<String> a) { return String.join("", a); } }\n'),
    ('java', 'class A { List<T> f(List<S> a) { List<T> r = new ArrayList<>(); for (S s : a) { r.add(s.t()); } return r; } }\n', 'class A { List<T> f(List<S> a) { return a.stream().map(S::t).toList(); } }\n'),
    ('java', 'class A { void f(List<T> r, List<T> a) { for (T t : a) { r.add(t); } } }\n', 'class A { void f(List<T> r, List<T> a) { r.addAll(a); } }\n'),
    ('java', 'class A { void f(List<T> a) { for (T t : a) { g(t); } } }\n', 'class A { void f(List<T> a) { a.forEach(this::g); } }\n'),
    ('java', 'class A { void f() { R r = open(); try { g(r); } finally { r.close(); } } }\n', 'class A { void f() { try (R r = open()) { g(r); } } }\n'),
    ('csharp', 'class A { int f() { using (var x = Open()) { return g(x); } } }\n', 'class A { int f() { using var x = Open(); return g(x); } }\n'),
    ('csharp', 'class A { P f(string n) { var p = new P(); p.Name = n; p.Age = 1; return p; } }\n', 'class A { P f(string n) { return new P { Name = n, Age = 1 }; } }\n'),
    ('csharp', 'class A { IEnumerable<int> f(List<T> a) { foreach (var x in a) { yield return x.N; } } }\n', 'class A { IEnumerable<int> f(List<T> a) { return a.Select(x => x.N); } }\n'),
    ('kotlin', 'fun f(a: List<T>) {\n    for (x in a) {\n        g(x)\n    }\n}\n', 'fun f(a: List<T>) {\n    a.forEach { g(it) }\n}\n'),
    ('kotlin', 'fun f(n: String): P {\n    val p = P()\n    p.name = n\n    return p\n}\n', 'fun f(n: String): P = P().apply { name = n }\n'),
    ('kotlin', 'fun f(a: List<T>): List<Int> {\n    val r = mutableListOf<Int>()\n    for (x in a) {\n        r.add(x.n)\n    }\n    return r\n}\n', 'fun f(a: List<T>): List<Int> = a.map { it.n }\n'),
    ('swift', 'func f(a: [T]) -> [Int] {\n  var r: [Int] = []\n  for x in a {\n    r.append(x.n)\n  }\n  return r\n}\n', 'func f(a: [T]) -> [Int] {\n  return a.map { $0.n }\n}\n'),
    ('ruby', 'def f(a)\n  r = []\n  a.each do |x|\n    r << x.n\n  end\n  r\nend\n', 'def f(a)\n  a.map(&:n)\nend\n'),
    ('ruby', 'def f(a)\n  a.each do |x|\n    x.save\n  end\n  nil\nend\n', 'def f(a)\n  a.each(&:save)\n  nil\nend\n'),
    ('php', '<?php function f($a) { $r = []; foreach ($a as $x) { $r[] = $x->n; } return $r; }\n', '<?php function f($a) { return array_map(fn($x) => $x->n, $a); }\n'),
    ('php', '<?php class A { private $x; function __construct($x) { $this->x = $x; } }\n', '<?php class A { function __construct(private $x) {} }\n'),
    ('lua', 'function f(a)\n  local r = {}\n  for _, x in ipairs(a) do\n    table.insert(r, x.n)\n  end\n  return r\nend\n', 'function f(a)\n  return map(a, function(x) return x.n end)\nend\n'),
    ('c', 'void f(int *a, int n) {\n  for (int i = 0; i < n; i++) {\n    a[i] = 0;\n  }\n}\n', 'void f(int *a, int n) {\n  memset(a, 0, n * sizeof *a);\n}\n'),
    ('shellscript', 'f() {\n  echo a\n  echo b\n  cat "$1" | grep x\n}\n', 'f() {\n  printf "a\\nb\\n"\n  grep x "$1"\n}\n'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after", "told"), OTHER)
def test_a_call_a_lock_or_a_store_that_is_gone_is_named(
    language: str, before: str, after: str, told: str
) -> None:
    assert told in other_behaviour(before, after, grammar_of(language))


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_what_is_done_in_another_way_is_kept(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""
