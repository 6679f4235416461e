filedesc://t.arc 127.0.0.1 20180305100000 text/plain 65
1 0 Test
URL IP-address Archive-date Content-type Archive-length

http://a.example/a b 10.0.0.1 20180305100000 text/html 125
HTTP/1.1 200 OK
Content-Type: text/html

<!doctype html><title>Ferry aground</title><p>A ferry ran aground on Tuesday.</p>
http://a.example/2 1.1.1.1 20180305100000 text/html 200 x - 9 t.arc 125
HTTP/1.1 200 OK
Content-Type: text/html

<!doctype html><title>Ferry aground</title><p>A ferry ran aground on Tuesday.</p>
