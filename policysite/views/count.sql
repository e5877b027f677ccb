-- What stands before and after a sign. split_part would make a list of all parts each time.
CREATE MACRO before(x, sign) AS
    CASE WHEN contains(x, sign) THEN left(x, strpos(x, sign) - 1) ELSE x END;
CREATE MACRO after(x, sign) AS substr(x, strpos(x, sign) + length(sign));

-- What a line says, made comparable: seconds since 1970. What names no zone is China's.

-- What stood in brackets and what follows: without that, and with two digits for the day.
CREATE MACRO bracketed(x) AS CASE WHEN substr(x, 2, 1) = '/' THEN '0' ELSE '' END || before(x, ']');

CREATE MACRO zoned(zone) AS CASE WHEN zone = '' THEN '+08' ELSE upper(zone) END;

-- '09/Jun/2015:01:58:09 +0800', '2015-06-09T01:58:09.123+08:00' or '20150609015809', as SQL writes it.
CREATE MACRO clock(x) AS CASE
    WHEN regexp_full_match(x, '\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d( ?[+-]\d{4})?')
    THEN substr(x, 8, 4) || '-' || (strpos('JanFebMarAprMayJunJulAugSepOctNovDec', substr(x, 4, 3)) + 2) // 3
        || '-' || left(x, 2) || ' ' || substr(x, 13, 8) || zoned(trim(substr(x, 21)))
    WHEN regexp_full_match(x, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d.*')
    THEN left(x, 19) || zoned(regexp_extract(substr(x, 20), '([Zz]|[+-]\d\d(?::?\d\d)?)$'))
    WHEN regexp_full_match(x, '\d{14}')
    THEN left(x, 4) || '-' || substr(x, 5, 2) || '-' || substr(x, 7, 2) || ' '
        || substr(x, 9, 2) || ':' || substr(x, 11, 2) || ':' || right(x, 2) || '+08'
END;

CREATE MACRO moment(x) AS CASE
    WHEN regexp_full_match(x, '\d{10}(\d{3}|\d{6})?(\.\d+)?') THEN CAST(left(x, 10) AS BIGINT)
    ELSE CAST(epoch(TRY_CAST(clock(x) AS TIMESTAMPTZ)) AS BIGINT)
END;

-- An address as it stands in a log, percent-encoded once, twice or not at all, or with the \xE5 of
-- nginx and Apache. pages.py treats the addresses of the site in the same way.
-- For addresses that differ, of which there are few: a macro writes its argument out wherever it uses
-- it, and one within the other makes statements that take longer to plan than to run.
CREATE MACRO unquoted(x) AS coalesce(try(url_decode(x)), x);
CREATE MACRO decoded(x) AS CASE
    WHEN contains(x, '%') OR contains(x, '\') OR contains(x, '+')
    THEN replace(unquoted(unquoted(replace(x, '\x', '%'))), '+', ' ')
    ELSE x
END;
CREATE MACRO bare(target) AS
    split_part(split_part(regexp_replace(target, '^(GET )?(https?://[^/]*)?', ''), '?', 1), '#', 1);
CREATE MACRO path_of(target) AS
    regexp_replace(list_transform([bare(target)], lambda x: decoded(x))[1], '/index\.html$', '/');
