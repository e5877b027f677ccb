-- What stands before and after a sign. split_part would make a list of all parts each time.
CREATE MACRO before(x, sign) AS
    CASE WHEN contains(x, sign) THEN left(x, strpos(x, sign) - 1) ELSE x END;
CREATE MACRO after(x, sign) AS substr(x, strpos(x, sign) + length(sign));

-- What a line says, made comparable. Times are seconds since 1970; what names no zone is China's.

CREATE MACRO shift(zone) AS CASE
    WHEN zone = '' THEN 28800
    WHEN zone IN ('Z', 'z') THEN 0
    ELSE (44 - ascii(zone)) * (CAST(substr(zone, 2, 2) AS INTEGER) * 3600
        + coalesce(TRY_CAST(right(zone, 2) AS INTEGER), 0) * 60 * CAST(length(zone) > 3 AS INTEGER))
END;  -- '+' is 43, '-' is 45

CREATE MACRO civil(clock, zone) AS CAST(epoch(TRY_CAST(clock AS TIMESTAMP)) AS BIGINT) - shift(zone);

-- 09/Jun/2015:01:58:09 +0800
CREATE MACRO moment_of_log(x) AS civil(
    substr(x, 8, 4) || '-'
    || lpad(CAST((strpos('JanFebMarAprMayJunJulAugSepOctNovDec', substr(x, 4, 3)) + 2) // 3 AS VARCHAR), 2, '0')
    || '-' || left(x, 2) || ' ' || substr(x, 13, 8),
    trim(substr(x, 22)));

-- 2015-06-09T01:58:09.123+08:00
CREATE MACRO moment_of_iso(x) AS civil(
    replace(left(x, 19), 'T', ' '),
    replace(regexp_extract(substr(x, 20), '([Zz]|[+-]\d\d(?::?\d\d)?)$'), ':', ''));

CREATE MACRO moment_of_digits(x) AS CASE
    WHEN regexp_full_match(x, '\d{10}(\d{3}|\d{6})?(\.\d+)?') THEN CAST(left(x, 10) AS BIGINT)
    WHEN regexp_full_match(x, '\d{14}') THEN civil(
        left(x, 4) || '-' || substr(x, 5, 2) || '-' || substr(x, 7, 2) || ' '
        || substr(x, 9, 2) || ':' || substr(x, 11, 2) || ':' || right(x, 2), '')
END;

CREATE MACRO moment(x) AS CASE
    WHEN regexp_full_match(x, '\d\d?/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d( ?[+-]\d{4})?')
    THEN moment_of_log(CASE WHEN substr(x, 2, 1) = '/' THEN '0' || x ELSE x END)
    WHEN regexp_full_match(x, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d.*') THEN moment_of_iso(x)
    ELSE moment_of_digits(x)
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
    split_part(split_part(regexp_replace(target, '^https?://[^/]*', ''), '?', 1), '#', 1);
CREATE MACRO path_of(target) AS
    regexp_replace(list_transform([bare(target)], lambda x: decoded(x))[1], '/index\.html$', '/');
